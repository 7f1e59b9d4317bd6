"""Small operations on lxml trees that every part of marking up needs."""

from __future__ import annotations

import copy
from typing import cast

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

PARAGRAPHS = ("p", "li", "dd")
"""What is counted as a paragraph of a chapter; one within another one is no other."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def make(tag: str, attributes: dict[str, str] | None = None, text: str = "") -> HtmlElement:
    """A new element."""
    element: HtmlElement = lxml.html.Element(tag, attributes or {})
    element.text = text or None
    return element


def inner(element: HtmlElement) -> str:
    """What an element holds, as a well-formed XHTML fragment."""
    bare = copy.copy(element)
    bare.tail = None
    bare.attrib.clear()
    text: str = etree.tostring(bare, encoding="unicode", method="xml")
    if text.endswith("/>"):
        return ""
    return text[text.index(">") + 1 : text.rindex("</")].strip()


def outer(element: HtmlElement) -> str:
    """An element without what follows it, as a well-formed XHTML fragment."""
    bare = copy.copy(element)
    bare.tail = None
    text: str = etree.tostring(bare, encoding="unicode", method="xml")
    return text


def plain(element: HtmlElement) -> str:
    """The text in an element, with single spaces."""
    return " ".join(str(element.text_content()).split())


def parse(fragment: str) -> HtmlElement:
    """A well-formed XHTML fragment as the content of a `div`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return cast(HtmlElement, etree.fromstring(f"<div>{fragment}</div>", parser))


def is_alone(element: HtmlElement) -> bool:
    """Whether an element is all that its parent holds, but for white space and empty marks."""
    parent = element.getparent()
    if parent is None or (parent.text or "").strip():
        return False
    others = [child for child in parent if child is not element]
    marks = all(child.get("class") == "index-mark" and not plain(child) for child in others)
    return marks and not any((child.tail or "").strip() for child in parent)


def bare_title(element: HtmlElement) -> str:
    """What a heading holds, without notes, marks, links and ids."""
    twin = copy.deepcopy(element)
    for child in list(twin.iter()):
        classes = (child.get("class") or "").split()
        if "noteref" in classes or (child.get("id") or "").startswith("fnref"):
            child.drop_tree()
        elif child is not twin and (child.tag == "a" or "index-mark" in classes):
            child.drop_tag()
        else:
            child.attrib.pop("id", None)
    return inner(twin)


def in_code(element: HtmlElement | None) -> bool:
    """Whether an element is code or stands in it; nothing does not."""
    if element is None:
        return False
    return any(e.tag in ("code", "pre") for e in (element, *element.iterancestors()))
