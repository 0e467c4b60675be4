"""The rule table as theorems of Coq: statements are generated from it, proofs are written."""
