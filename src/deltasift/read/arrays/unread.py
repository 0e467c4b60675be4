"""What may be assigned, and not used."""

from __future__ import annotations

from typing import Any

from deltasift.errors import ReadError


class Unread:
    """A value that may be assigned, and not used."""

    def __init__(self, why: str) -> None:
        self.__dict__["why"] = why

    def __getattr__(self, name: str) -> Any:
        raise ReadError(self.__dict__["why"])
