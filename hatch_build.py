"""The README as an index of packages shows it: there a link into this folder leads nowhere, and becomes its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

HERE = r"\]\((?!https?:|#|mailto:)[^)]*\)"
PICTURE = re.compile(r"!\[([^\]]*)" + HERE)
LINK = re.compile(r"\[([^\]]*)" + HERE)


def on_its_own(readme: str) -> str:
    """Return the README without links to files beside it; a picture is what it shows, in words."""
    return LINK.sub(r"\1", PICTURE.sub(r"*(\1)*", readme))


class ReadmeHook(MetadataHookInterface):
    """Puts the README into the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": on_its_own(text)}
