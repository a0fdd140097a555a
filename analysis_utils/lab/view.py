"""A view: controls, and a function from what is chosen to what is shown.

The function is all that a view has to say; the rest is the same for every view.  In
JupyterLab the controls stand above the result and a change of one shows another result.
Without a kernel that answers, the static form shows the result of the first choices, and
says what they are.  Nothing but that function's HTML is ever shown, and it escapes what
articles say, so that a page can run nothing in the notebook.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis_utils.files.normal_text import normal_text
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import listed

if TYPE_CHECKING:
    from ipywidgets import DOMWidget, ValueWidget

#: ``static`` or ``live``; decides where the signs of :func:`is_live` do not.
SETTING = "FRAMING_VIEWS"

#: With more sentences than this, intervals rest on fewer draws, so that an answer comes at once.
MANY_SENTENCES, QUICK_DRAWS = 5000, 200

#: What JupyterLab and VS Code set for the kernels they start.
_SIGNS_OF_A_READER = ("JPY_SESSION_NAME", "VSCODE_PID")

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)

_WIDE = {"description_width": "initial"}

#: As wide as their words, and never wider than the page.
_FITTING = {"width": "max-content", "max_width": "100%", "margin": "2px 1em 2px 2px"}


@dataclass(frozen=True)
class Choice:
    """One of several options, which are called by their names.

    ``options`` are names by value; the view begins with ``start``, else with the first.
    """

    key: str
    label: str
    options: Mapping[Any, str]
    start: Hashable = None

    @property
    def first(self) -> Hashable:
        """The value that the view begins with."""
        return next(iter(self.options), None) if self.start is None else self.start

    def said(self, value: Any) -> str:
        """The value in words."""
        return self.options.get(value, str(value))

    def control(self) -> ValueWidget:
        """The control to click."""
        from ipywidgets import Dropdown

        options = [(name, value) for value, name in self.options.items()]
        return Dropdown(
            options=options,
            value=self.first,
            description=self.label,
            style=_WIDE,
            layout=_FITTING,
        )


@dataclass(frozen=True)
class Several:
    """Any number of several options; the view begins with ``start``, else with all."""

    key: str
    label: str
    options: Mapping[Any, str]
    start: tuple = ()

    @property
    def first(self) -> tuple:
        """The values that the view begins with."""
        return self.start or tuple(self.options)

    def said(self, value: Any) -> str:
        """The values in words."""
        return listed([self.options[each] for each in value]) or "none"

    def control(self) -> ValueWidget:
        """The control to click."""
        from ipywidgets import SelectMultiple

        return SelectMultiple(
            options=[(name, value) for value, name in self.options.items()],
            value=self.first,
            rows=min(len(self.options), 6),
            description=self.label,
            style=_WIDE,
            layout=_FITTING,
        )


@dataclass(frozen=True)
class Switch:
    """Yes or no."""

    key: str
    label: str
    first: bool = False

    def said(self, value: Any) -> str:
        """The value in words."""
        return "yes" if value else "no"

    def control(self) -> ValueWidget:
        """The control to click."""
        from ipywidgets import Checkbox

        return Checkbox(value=self.first, description=self.label, indent=False, layout=_FITTING)


@dataclass(frozen=True)
class Words:
    """A line of text; a change counts when Enter is pressed or the field is left."""

    key: str
    label: str
    first: str = ""
    hint: str = ""

    def said(self, value: Any) -> str:
        """The value in words."""
        return f"“{value}”" if value else "nothing"

    def control(self) -> ValueWidget:
        """The control to type in."""
        from ipywidgets import Text

        return Text(
            value=self.first,
            placeholder=self.hint,
            description=self.label,
            continuous_update=False,
            style=_WIDE,
            layout={"width": "95%"},
        )


Control = Choice | Several | Switch | Words


@dataclass(frozen=True)
class View:
    """Controls, and what they show.

    Parameters
    ----------
    name
        Short name; the page's element has the class ``framing-view-<name>``.
    title
        What is looked at, as its label for screen readers.
    controls
        In the order they stand.
    render
        From the choices, by the ``key`` of each control, to what is shown.  A ``ValueError`` or
        ``KeyError`` is shown as its message.
    follow
        By the key of a control, what to set others to when it changes: a function from the
        choices to values by key.
    still
        What the static form shows instead, given the same choices: without pictures, which
        stand above the view in its notebook.
    """

    name: str
    title: str
    controls: tuple[Control, ...]
    render: Callable[..., Shown]
    follow: Mapping[str, Callable[..., dict]] = field(default_factory=dict)
    still: Callable[..., Shown] | None = None

    def show(self, **choices: Any) -> Shown:
        """What is shown for these choices; what is not chosen is as the view begins.

        Raises
        ------
        TypeError
            If there is no control of that key.
        """
        if unknown := sorted(set(choices) - set(self._first)):
            there = ", ".join(self._first)
            raise TypeError(f"no choice named {', '.join(unknown)}; there are {there}")
        chosen = self._first | choices
        for key in choices:
            chosen |= self._followers(key, chosen)
        return self._told(self.render, chosen | choices)

    def static(self) -> Shown:
        """The form without controls, folded: the first choices, and what they show."""
        shown = self._told(self.still or self.render, self._first)
        said = "; ".join(
            f"{control.label}: {control.said(control.first)}"
            for control in self.controls
            if not isinstance(control, Words) or control.first
        )
        style, body = _style_apart(shown.html)
        folded = (
            f"{style}<details><summary>{html.escape(self.title)}, as it begins in JupyterLab"
            f"</summary><p><small>{html.escape(said)}.</small></p>{body}</details>"
        )
        return Shown(folded, shown.text)

    def _told(self, render: Callable[..., Shown], choices: Mapping[str, Any]) -> Shown:
        """What is shown, or why nothing can be."""
        try:
            return render(**self._as_compared(choices))
        except (ValueError, KeyError) as error:
            return cells.prose(str(error.args[0]) if error.args else str(error))

    def _as_compared(self, choices: Mapping[str, Any]) -> dict[str, Any]:
        """The choices with words that were typed as normal text, as the articles are."""
        typed = {control.key for control in self.controls if isinstance(control, Words)}
        return {
            key: normal_text(value) if key in typed else value for key, value in choices.items()
        }

    def _followers(self, key: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """What follows when a control changes: values by key."""
        return self.follow[key](**chosen) if key in self.follow else {}

    @property
    def _first(self) -> dict[str, Any]:
        return {control.key: control.first for control in self.controls}

    def widget(self) -> DOMWidget:
        """The form with controls; each call makes a new one.

        A control that follows another keeps what was chosen in it for each value of the other.
        """
        from ipywidgets import HTML, HBox, Layout, VBox

        controls = {control.key: control.control() for control in self.controls}
        result = HTML(_readable(self.show()), layout=Layout(width="100%"))
        for name in ("framing-shown", "jp-RenderedHTMLCommon"):  # the latter: JupyterLab's tables
            result.add_class(name)

        kept: dict[tuple, dict] = {}

        def update(change: Mapping) -> None:
            key = next(key for key, each in controls.items() if each is change["owner"])
            chosen = {key: each.value for key, each in controls.items()}
            followers = self._followers(key, chosen)
            kept[key, change["old"]] = {other: chosen[other] for other in followers}
            for other, value in kept.get((key, change["new"]), followers).items():
                controls[other].value = chosen[other] = value
            result.value = _readable(self._told(self.render, chosen))

        for each in controls.values():
            each.observe(update, names="value")
        row = HBox([*controls.values()], layout=Layout(flex_flow="row wrap"))
        box = VBox([row, result])
        box.add_class("framing-view")
        box.add_class(f"framing-view-{self.name}")
        return box

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        static = self.static()
        bundle = {"text/html": cells.visible(static.html), "text/plain": repr(static)}
        return bundle | (self.widget()._repr_mimebundle_() if is_live() else {})


def _readable(shown: Shown) -> str:
    """For a widget, whose lines would stand as far apart as controls do."""
    return f'<div style="line-height: 1.5">{cells.visible(shown.html)}</div>'


def _style_apart(shown: str) -> tuple[str, str]:
    """The style sheets of tables as one, which the report asks for at the start; and the rest."""
    sheets = "".join(_STYLE.findall(shown))
    return (f"<style>{sheets}</style>" if sheets else ""), _STYLE.sub("", shown)


def is_live() -> bool:
    """Whether somebody can click: the kernel was started by JupyterLab or VS Code.

    The environment variable ``FRAMING_VIEWS`` decides for itself: ``live`` or ``static``.
    """
    setting = os.environ.get(SETTING)
    return setting == "live" or (not setting and any(os.environ.get(s) for s in _SIGNS_OF_A_READER))
