"""Pages as documents of Typst."""
