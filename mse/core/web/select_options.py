"""The options of a select field that does not belong to a form, built once for many pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Options:
    """The valid codes of a select field, and its options in HTML."""

    codes: frozenset[str]
    html: str

    def choose(self, code: object) -> Markup:
        """Return the options, with the chosen one selected."""
        if not code:
            return Markup(self.html)
        value = f'value="{escape(code)}"'
        return Markup(self.html.replace(value, f"{value} selected", 1))


def write_options(pairs: Iterable[tuple[str, str]]) -> Options:
    """Build the options of a select field. `pairs`: (code, label)."""
    known = list(pairs)
    html = "".join(f'<option value="{escape(code)}">{escape(label)}</option>' for code, label in known)
    return Options(frozenset(code for code, _label in known), html)


def write_groups(groups: Iterable[tuple[str | None, Iterable[tuple[str, str]]]]) -> Options:
    """Build the options with optgroups. `groups`: (title, pairs). A group without title comes first."""
    codes: set[str] = set()
    html = ""
    for title, pairs in groups:
        options = write_options(pairs)
        codes |= options.codes
        html += f'<optgroup label="{escape(title)}">{options.html}</optgroup>' if title else options.html
    return Options(frozenset(codes), html)
