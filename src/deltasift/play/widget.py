"""The player in a notebook: a widget whose step and numbers are shared with Python."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from deltasift.calc import Derivation, Page
from deltasift.check import Report, check
from deltasift.inert.notation import Notation
from deltasift.play.assemble import play


class Player(anywidget.AnyWidget):
    """A page that is gone through step by step in a notebook.

    Attributes
    ----------
    step : str
        The line that is shown, by its number, such as "4" or, of substeps, "4.1"; may be set.
    numbers : dict
        What the reader has set, under the names of the page: sizes, nested lists of labels by their own values and of
        probabilities; may be set, as a whole.
    height : int
        Pixels.
    """

    _esm = Path(__file__).parent / "widget.js"
    html = traitlets.Unicode().tag(sync=True)
    step = traitlets.Unicode("").tag(sync=True)
    numbers = traitlets.Dict().tag(sync=True)
    height = traitlets.Int(860).tag(sync=True)


def widget(of: Page | Derivation | Report, notation: Notation | None = None, *, step: str = "") -> Player:
    """Return the player of a page as a widget for a notebook.

    Parameters
    ----------
    of : Page, Derivation or Report
        What is not checked yet is checked first.
    notation : Notation, optional
    step : str
        The line to begin with, by its number; the first without it.
    """
    report = of if isinstance(of, Report) else check(of)
    return Player(html=play(report, notation), step=step)
