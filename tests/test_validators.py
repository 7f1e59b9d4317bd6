"""The judges must object to what is wrong, or their silence means nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests import validators

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>
<dc:title>Trial</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="r" href="r.png" media-type="image/png"/></manifest>
<spine><itemref idref="n"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"
xml:lang="en"><head><title>Trial</title></head><body><h1>Trial</h1>
<nav epub:type="toc"><ol><li><a href="n.xhtml">Trial</a></li></ol></nav>
<p><img src="{picture}"/></p></body></html>"""


def epub(folder: Path, picture: str) -> Path:
    """An EPUB of one page, with a picture that has no description."""
    Image.new("1", (8, 8)).save(folder / "r.png")
    path = folder / "trial.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("n.xhtml", PAGE.format(picture=picture))
        archive.write(folder / "r.png", "r.png")
    return path


def test_epubcheck_finds_a_missing_picture(tmp_path):
    assert validators.epubcheck(epub(tmp_path, "r.png")) == []
    messages = validators.epubcheck(epub(tmp_path, "lost.png"))
    assert [(m.severity, m.id) for m in messages] == [("ERROR", "RSC-007")]
    assert messages[0].location.startswith("n.xhtml:5:")


def test_ace_finds_a_picture_without_description(tmp_path):
    found = validators.ace(epub(tmp_path, "r.png"))
    assert ("image-alt", "critical", "n.xhtml") in {(v.rule, v.impact, v.location) for v in found}


def test_qpdf_finds_a_damaged_file(tmp_path):
    path = tmp_path / "trial.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    assert validators.qpdf_check(path) == []
    path.write_bytes(path.read_bytes().replace(b"startxref", b"startxxxx"))
    assert any("damaged" in message for message in validators.qpdf_check(path))


def test_chromium_runs_scripts_on_a_narrow_screen(tmp_path):
    page, png = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(
        "<!doctype html><style>body{background:red}@media(width:360px){body{background:lime}}"
        "</style><p></p><script>document.querySelector('p').textContent='ran'</script>",
        encoding="utf-8",
    )
    assert "<p>ran</p>" in validators.dom(page)
    validators.screenshot(page, png, 360, 640)
    with Image.open(png) as picture:
        assert picture.size == (360, 640)
        assert picture.convert("RGB").getpixel((180, 600)) == (0, 255, 0)


def test_what_is_missing_is_skipped_loudly_and_fails_in_ci(monkeypatch):
    monkeypatch.setitem(validators.FINDERS, "ace", lambda: None)
    monkeypatch.setenv("CI", "false")
    with pytest.raises(pytest.skip.Exception, match=r"ace is missing: run"):
        validators.require("ace")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"ace is missing: run"):
        validators.require("ace")
