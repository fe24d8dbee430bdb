"""A browser client that checks every page it is given, whatever the test was about."""

from collections import Counter
from contextvars import Context
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NEVER_CLOSED = frozenset({"br", "hr", "img", "input", "link", "meta"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button"})
SERVICE = "FCR Casework"
#: English, and Welsh for what victims are asked.
LANGUAGES = ("en", "cy")


class CheckedClient(FlaskClient):
    """A browser whose pages are checked, and whose requests share nothing with the test.

    While ``session`` keeps an application context open, Flask would give each request that same
    context: its database session, and its idea of who is signed in.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make one request in a context of its own, and check the page that comes back."""
        response = Context().run(super().open, *args, **kwargs)
        # A file that is taken away stands alone: it is no page of the service.
        is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
        is_page = response.mimetype == "text/html" and not is_file
        if is_page and response.data and not response.location:
            faults = faults_of(response)
            assert not faults, f"{response.request.path}: {'; '.join(faults)}"
        return response


@dataclass(eq=False)
class Tag:
    """An element as the checks need it."""

    name: str
    attributes: dict[str, str]
    inside: tuple["Tag", ...]
    text: str = ""


@dataclass(eq=False)
class Page(HTMLParser):
    """Every element of a page, in order, with its text."""

    tags: list[Tag] = field(default_factory=list)
    open_tags: list[Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, which holds what follows."""
        found = Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open_tags))
        self.tags.append(found)
        if tag not in NEVER_CLOSED:
            self.open_tags.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself, as in a picture."""
        found = Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open_tags))
        self.tags.append(found)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and any inside it that was left open."""
        while self.open_tags and self.open_tags.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Give words to every element they are in."""
        for tag in self.open_tags:
            tag.text += data

    def all(self, *names: str) -> list[Tag]:
        """Return the elements with some names, in order."""
        return [tag for tag in self.tags if tag.name in names]


def read(response: TestResponse) -> Page:
    page = Page()
    page.feed(response.text)
    return page


def faults_of(response: TestResponse) -> list[str]:
    """Return everything that is wrong with a page."""
    page = read(response)
    return [
        *_heading_faults(page),
        *_id_faults(page),
        *_label_faults(page),
        *_form_faults(page),
        *_script_faults(page, response),
        *_header_faults(response),
    ]


def _words(text: str) -> str:
    return " ".join(text.split())


def _heading_faults(page: Page) -> list[str]:
    faults = []
    headings = [_words(tag.text) for tag in page.all("h1")]
    title = _words(page.all("title")[0].text)
    if len(headings) != 1 or not headings[0]:
        faults.append(f"needs one h1, has {headings}")
    elif not title.removeprefix("Error: ").startswith(headings[0]):
        faults.append(f"the title {title!r} does not start with the h1 {headings[0]!r}")
    if not title.endswith(SERVICE):
        faults.append(f"the title {title!r} does not name the service")
    levels = [int(tag.name[1]) for tag in page.all("h1", "h2", "h3", "h4")]
    main = levels[levels.index(1) :] if 1 in levels else []
    faults += [
        f"a heading skips from level {one} to {other}"
        for one, other in pairwise(main)
        if other > one + 1
    ]
    if page.all("html")[0].attributes.get("lang") not in LANGUAGES:
        faults.append("says no language")
    if "OFFICIAL-SENSITIVE" not in page.all("body")[0].text:
        faults.append("has no marking")
    return faults


def _id_faults(page: Page) -> list[str]:
    ids = Counter(tag.attributes["id"] for tag in page.tags if "id" in tag.attributes)
    faults = [f"the id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for tag in page.tags:
        named = tag.attributes.get("aria-describedby", "").split()
        named += tag.attributes.get("aria-labelledby", "").split()
        named += [tag.attributes["for"]] if "for" in tag.attributes else []
        href = tag.attributes.get("href", "")
        named += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        faults += [f"<{tag.name}> names the id {name!r}" for name in named if name not in ids]
    return faults


def _label_faults(page: Page) -> list[str]:
    labelled = {tag.attributes.get("for") for tag in page.all("label")}
    faults = []
    for tag in page.all("input", "select", "textarea"):
        if tag.attributes.get("type") in NEEDS_NO_LABEL:
            continue
        own = {"aria-label", "aria-labelledby"} & tag.attributes.keys()
        wrapped = any(outer.name == "label" for outer in tag.inside)
        if not (own or wrapped or tag.attributes.get("id") in labelled):
            faults.append(f"the field {tag.attributes.get('name')!r} has no label")
    faults += [
        f"a <{tag.name}> to {tag.attributes.get('href', '')!r} says nothing"
        for tag in page.all("a", "button")
        if not _words(tag.text) and "aria-label" not in tag.attributes
    ]
    faults += ["a picture has no alt" for tag in page.all("img") if "alt" not in tag.attributes]
    return faults


def _form_faults(page: Page) -> list[str]:
    faults = []
    for form in page.all("form"):
        # Without an action, a form is sent to the page's own address.
        action = form.attributes.get("action", "its own page")
        method = form.attributes.get("method", "").lower()
        if not action or method not in {"get", "post"}:
            faults.append(f"a form has the action {action!r} and the method {method!r}")
        names = [tag.attributes.get("name") for tag in page.all("input") if form in tag.inside]
        if method == "post" and names.count("csrf_token") != 1:
            faults.append(f"the form to {action!r} has {names.count('csrf_token')} CSRF tokens")
        if "novalidate" not in form.attributes:
            faults.append(f"the form to {action!r} lets the browser word the errors")
    return faults


def _script_faults(page: Page, response: TestResponse) -> list[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    faults = [
        f"<{tag.name}> has the attribute {name}"
        for tag in page.tags
        for name in tag.attributes
        if name == "style" or name.startswith("on")
    ]
    faults += ["has a <style>" for _ in page.all("style")]
    for tag in page.all("script"):
        nonce = tag.attributes.get("nonce")
        if "src" not in tag.attributes and not (nonce and f"'nonce-{nonce}'" in policy):
            faults.append("has an inline script without the nonce of its policy")
    return faults


def _header_faults(response: TestResponse) -> list[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    faults = [
        f"its policy lacks {part}"
        for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        if part not in policy
    ]
    if "unsafe" in policy:
        faults.append("its policy allows something unsafe")
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("lets the browser guess its type")
    if response.headers.get("Cache-Control") != "no-store":
        faults.append("may be stored by a browser")
    return faults
