"""A page as one HTML file that works from the disk: all lines to read, and a player that goes through them."""

from deltasift.play.assemble import play

__all__ = ["play"]
