"""Other people's Markdown: what comes out must be a book that Bindery has nothing against."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from bindery.acquisitions import Acquired, acquire
from bindery.book import Book, Chapter, Picture
from bindery.errata import Query, Severity, Unprintable, errors_in
from bindery.manuscript import Manuscript, fetch_picture, gather
from bindery.markup import mark_up
from bindery.markup.tree import parse
from bindery.references import resolve


@dataclass
class Trial:
    """An import, and the book as Bindery reads it afterwards."""

    acquired: Acquired
    manuscript: Manuscript
    chapters: dict[str, Chapter]
    """By slug, with links resolved."""
    pictures: dict[str, Picture]

    @property
    def titles(self) -> list[str]:
        return [text(chapter.title) for chapter in self.chapters.values()]

    @property
    def only(self) -> Chapter:
        (chapter,) = self.chapters.values()
        return chapter

    def said(self, code: str) -> list[Query]:
        return [query for query in self.acquired.queries if query.code == code]

    def links(self, slug: str) -> list[tuple[str, str | None]]:
        tree = parse(self.chapters[slug].xhtml)
        return [(a.text_content(), a.get("href")) for a in tree.iter("a")]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def text(fragment: str) -> str:
    return str(parse(fragment).text_content())


def png(kind: str = "PNG", colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(data, kind)
    return data.getvalue()


@pytest.fixture
def run(tmp_path):
    """Import files (or what is already there) and read the book, which must have no error."""

    def trial(files: dict[str, str | bytes] | None = None, name: str = "", **options) -> Trial:
        source = write(tmp_path / "papers", files or {})
        before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
        acquired = acquire(source / name, tmp_path / "made", **options)
        assert all(query.severity is Severity.WARNING for query in acquired.queries)
        assert before == {p: p.read_bytes() for p in source.rglob("*") if p.is_file()}
        manuscript, queries = gather(tmp_path / "made")
        assert not queries
        chapters, found = list[Chapter](), list[Query]()
        for sheet in manuscript.sheets:
            chapter, said = mark_up(sheet, manuscript.metadata.language)
            chapters.append(chapter)
            found += said
        book = Book(manuscript.metadata, tuple(chapters))
        resolved, said = resolve(book, lambda path: fetch_picture(tmp_path / "made", path))
        assert not errors_in([*found, *said])
        assert [essay.file for essay in acquired.essays] == [c.file for c in resolved.chapters]
        by_slug = {chapter.slug: chapter for chapter in resolved.chapters}
        pictures = {picture.path: picture for picture in resolved.pictures}
        return Trial(acquired, manuscript, by_slug, pictures)

    return trial


# Which files


def test_a_folder_is_taken_in_natural_order_with_its_subfolders(run):
    trial = run({"essay-10.md": "# Ten", "essay-2.markdown": "# Two", "a/one.txt": "# One"})
    assert trial.titles == ["One", "Two", "Ten"]
    assert list(trial.chapters) == ["one", "two", "ten"]
    assert trial.manuscript.metadata.title == "Papers"
    assert trial.manuscript.metadata.language == "en"
    assert trial.manuscript.metadata.contributors == ()


@pytest.mark.parametrize("name", ["README.md", "LICENSE.txt", "CHANGELOG.md", ".hidden.md"])
def test_housekeeping_is_left_out_and_told(run, name):
    trial = run({name: "# Not of the book", "essay.md": "# Essay"})
    assert trial.titles == ["Essay"]
    assert [query.place.file for query in trial.said("left-out")] == [name]


@pytest.mark.parametrize("folder", ["node_modules", "_book", ".git", "book"])
def test_folders_of_tools_are_left_out_and_told(run, folder):
    files = {f"{folder}/x.md": "# X", f"{folder}/index.html": "", "essay.md": "# Essay"}
    trial = run(files)
    assert trial.titles == ["Essay"]
    assert [query.place.file for query in trial.said("left-out")] == [f"{folder}/"]


def test_a_folder_called_book_that_mdbook_did_not_build_is_taken(run):
    assert run({"book/x.md": "# X"}).titles == ["X"]


def test_a_single_file_is_a_book_of_its_title(run):
    trial = run({"essay.md": "# On Rivers", "other.md": "# Other"}, "essay.md")
    assert trial.titles == ["On Rivers"]
    assert trial.manuscript.metadata.title == "On Rivers"


def test_nothing_outside_of_the_source_is_read(run, tmp_path):
    write(tmp_path, {"secret.md": "# Secret", "secret.png": png(), "folder/x.md": "# Secret"})
    source = write(tmp_path / "papers", {"a.md": "# A\n\n[s](../secret.md) ![s](../secret.png)"})
    (source / "linked.md").symlink_to(tmp_path / "secret.md")
    (source / "linked.png").symlink_to(tmp_path / "secret.png")
    (source / "linked").symlink_to(tmp_path / "folder")
    write(source, {"b.md": "# B\n\n![l](linked.png)"})
    trial = run()
    assert trial.titles == ["A", "B"]
    assert not trial.pictures
    assert not list((tmp_path / "made" / "images").iterdir())
    assert trial.links("a") == []
    assert [query.place.file for query in trial.said("not-imported")] == ["linked.md"]
    assert "linked/" in [query.place.file for query in trial.said("left-out")]
    assert all("outside" in query.message for query in trial.said("unlinked"))


# Summaries


MDBOOK = """# Summary

[Preface](preface.md)

# The First Part

- [One](one.md)
    - [Under One](deep/under%20one.md "A title")
---
# The Second Part
- [Draft]()
* [Two]( <two two.md> )
- [Three](three.md#part)
- [Gone](gone.md)
- [Outside](../../outside.md)
- [Abroad](https://example.org/x.md)

[Afterword](afterword.md)
"""


def test_mdbook(run, tmp_path):
    write(tmp_path, {"outside.md": "# Outside"})
    trial = run(
        {
            "book.toml": '[book]\ntitle = "The \\"Book\\""\nauthors = ["A. B. <a@b.c>", "C. D."]\n'
            'description = "What it is."\nlanguage = "de"\n',
            "src/SUMMARY.md": MDBOOK,
            "src/preface.md": "Words.",
            "src/one.md": "# One\n\n[under](deep/under%20one.md) [root](/three.md)",
            "src/deep/under one.md": "# Under\n\n[up](../one.md)",
            "src/two two.md": "# Two",
            "src/three.md": "# Three",
            "src/afterword.md": "# Afterword",
            "src/unlisted.md": "# Unlisted",
        }
    )
    assert trial.titles == ["Preface", "One", "Under", "Two", "Three", "Afterword"]
    assert [chapter.file for chapter in trial.chapters.values()] == [
        "front/preface.md",
        *(f"essays/{name}.md" for name in ("one", "under", "two", "three")),
        "back/afterword.md",
    ]
    assert [c.role for c in trial.chapters.values()][::5] == ["preface", "afterword"]
    assert trial.links("one") == [("under", "#under"), ("root", "#three")]
    assert trial.links("under") == [("up", "#one")]
    metadata = trial.manuscript.metadata
    assert (metadata.title, metadata.language) == ('The "Book"', "de")
    assert metadata.description == "What it is."
    assert [who.name for who in metadata.contributors] == ["A. B.", "C. D."]
    lines = MDBOOK.splitlines()
    assert [lines[q.place.line - 1] for q in trial.said("draft")] == ["- [Draft]()"]
    missing = [lines[q.place.line - 1] for q in trial.said("not-imported")]
    assert [re.findall(r"\[(\w+)", line)[0] for line in missing] == ["Gone", "Outside", "Abroad"]
    assert [query.place.file for query in trial.said("left-out")] == ["src/unlisted.md"]
    assert len(trial.said("parts-left-away")) == 1


def test_mdbook_says_where_its_source_is(run):
    files = {"book.toml": '[book]\nsrc = "texts"', "texts/SUMMARY.md": "- [X](x.md)"}
    trial = run({**files, "texts/x.md": "# X", "src/SUMMARY.md": "- [Y](y.md)"})
    assert trial.titles == ["X"]


def test_gitbook(run):
    trial = run(
        {
            "book.json": json.dumps({"title": "Git", "author": "E. F.", "language": "en_GB"}),
            "SUMMARY.md": "# Table of contents\n\n* [Intro](README.md)\n\n## Part\n\n"
            "* [Guide](guide/README.md)\n  * [Step](guide/step.md)\n* [Again](guide/step.md#x)\n",
            "README.md": "# Introduction\n\n[to the guide](guide/) and [a step](guide/step.md)",
            "guide/README.md": "Words without a title.",
            "guide/step.md": "# A Step\n\n[home](../README.md)",
        }
    )
    assert trial.titles == ["Introduction", "Guide", "A Step"]
    assert trial.links("introduction") == [("to the guide", "#guide"), ("a step", "#a-step")]
    assert trial.links("a-step") == [("home", "#introduction")]
    metadata = trial.manuscript.metadata
    assert (metadata.title, metadata.language) == ("Git", "en-GB")
    assert [who.name for who in metadata.contributors] == ["E. F."]
    assert not trial.said("listed-twice")


def test_the_heading_of_a_summary_is_the_title_and_its_file_a_source(run):
    files = {"SUMMARY.md": "# My Book\n\n1. [X](x.md)\n2. [X](x.md)", "x.md": "# X"}
    trial = run(files, "SUMMARY.md")
    assert trial.titles == ["X"]
    assert trial.manuscript.metadata.title == "My Book"
    assert [query.place.line for query in trial.said("listed-twice")] == [4]


def test_a_summary_of_plain_links_alone_lists_essays(run):
    trial = run({"SUMMARY.md": "[A](a.md)\n\n[B](b.md)", "a.md": "# A", "b.md": "# B"})
    assert [chapter.file for chapter in trial.chapters.values()] == ["essays/a.md", "essays/b.md"]


def test_settings_that_cannot_be_read_are_told(run):
    trial = run({"book.json": "{", "book.toml": "[book", "a.md": "# A"})
    told = [query.place.file for query in trial.said("bad-settings")]
    assert sorted(told) == ["book.json", "book.toml"]
    assert trial.manuscript.metadata.title == "Papers"


# The destination


def test_a_folder_that_is_not_empty_is_refused_without_force(run, tmp_path):
    write(tmp_path / "made", {"kept.txt": "kept", "essays/a.md": "old", "essays/old.md": "# Old"})
    with pytest.raises(Unprintable, match="not empty"):
        run({"a.md": "# A"})
    assert (tmp_path / "made/essays/a.md").read_text() == "old"
    acquired = acquire(tmp_path / "papers", tmp_path / "made", force=True)
    assert (tmp_path / "made/kept.txt").read_text() == "kept"
    assert (tmp_path / "made/essays/old.md").read_text() == "# Old"
    assert (tmp_path / "made/essays/a.md").read_text().startswith("# A")
    assert [q.place.file for q in acquired.queries if q.code == "older-file"] == ["essays/old.md"]
    assert gather(tmp_path / "made")[0].sheets[0].text.startswith("# A")


def test_an_empty_folder_is_filled_and_a_file_refused(run, tmp_path):
    (tmp_path / "made").mkdir()
    assert run({"a.md": "# A"}).titles == ["A"]
    (tmp_path / "file").write_text("kept")
    with pytest.raises(Unprintable):
        acquire(tmp_path / "papers", tmp_path / "file", force=True)
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize("place", ["", "inside", ".."])
def test_source_and_destination_may_not_lie_in_each_other(tmp_path, place):
    source = write(tmp_path / "papers", {"a.md": "# A"})
    with pytest.raises(Unprintable) as refused:
        acquire(source, source / place, force=True)
    assert [query.code for query in refused.value.queries] == ["entangled"]
    assert [path.name for path in source.iterdir()] == ["a.md"]


def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    source = write(tmp_path / "papers", {"a.md": "# A"})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unprintable, match="No space left"):
        acquire(source, tmp_path / "made")
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]


def test_force_never_follows_a_link_out_of_the_book(tmp_path):
    source = write(tmp_path / "papers", {"a.md": "# A"})
    write(tmp_path / "other", {"a.md": "kept"})
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "essays").symlink_to(tmp_path / "other")
    with pytest.raises(Unprintable):
        acquire(source, tmp_path / "made", force=True)
    assert (tmp_path / "other/a.md").read_text() == "kept"
    assert not (tmp_path / "made/book.toml").exists()


def test_no_source_and_no_essay_are_told(tmp_path):
    with pytest.raises(Unprintable) as gone:
        acquire(tmp_path / "gone", tmp_path / "made")
    source = write(tmp_path / "papers", {"README.md": "# Readme"})
    with pytest.raises(Unprintable) as empty:
        acquire(source, tmp_path / "made")
    assert [query.code for query in gone.value.queries] == ["no-source"]
    assert [query.code for query in empty.value.queries] == ["no-essays", "left-out"]
    assert not (tmp_path / "made").exists()


# Characters


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(run, encoding):
    trial = run({"a.md": "# Café\r\n\r\nNaïve\rwords.".encode(encoding)})
    assert trial.titles == ["Café"]
    assert "Naïve\nwords." in text(trial.only.xhtml)
    assert not trial.acquired.queries


def test_windows_text_is_read_with_a_warning(run):
    trial = run({"a.md": "# Café\n\n“Yes” \x81".encode("cp1252", "replace")})
    assert trial.titles == ["Café"]
    assert "“Yes”" in text(trial.only.xhtml)
    assert len(trial.said("guessed-encoding")) == 1


def test_unprintable_characters_are_removed_and_told(run):
    trial = run({"a.md": "# A\n\none\x07 two\ue000 three\ufffe &#1;four `&#1;`"})
    assert text(trial.only.xhtml) == "one two three four &#1;"
    assert [query.place.line for query in trial.said("control-character")] == [3, 3]


# Titles and headings


def test_a_title_is_found_or_made(run):
    trial = run(
        {
            "1.md": "Setext *One*\n======\n\nWords.\n\nSection\n-------\n\nMore.",
            "2.md": '---\ntitle: "From: Front_Matter"\n---\nWords.',
            "3_of-some_file.md": "Words.",
            "4.txt": "A First Line\n\nWords that\nfollow.",
            "005_0123456789abcdef.md": "Words.",
        }
    )
    titles = ["Setext One", "From", "Of Some File", "A First Line", "Essay 5"]
    assert trial.titles == titles
    assert trial.chapters["from"].subtitle == "Front_Matter"
    assert [h.title for h in trial.chapters["setext-one"].headings] == ["Section"]
    assert trial.acquired.essays[3].title == "A First Line"
    assert trial.acquired.essays[3].words == 3


def test_further_titles_go_one_level_deeper_with_their_tree(run):
    trial = run(
        {"a.md": "# A\n\n## S\n\nT\n=\n\n## U\n\nV\n-\n\n> # Quoted\n\n###### Six\n\n<h1>W</h1>"}
    )
    assert trial.titles == ["A"]
    headings = [(h.level, h.title) for h in trial.only.headings]
    assert headings == [(3, "S"), (2, "T"), (3, "U"), (3, "V"), (2, "Quoted"), (6, "Six"), (2, "W")]
    assert [query.place.line for query in trial.said("demoted")] == [5]


def test_a_title_in_front_matter_goes_before_sections_of_the_first_level(run):
    trial = run({"a.md": "---\ntitle: Whole\n---\n# One\n\nx\n\n# Two\n\ny"})
    assert trial.titles == ["Whole"]
    assert [(h.level, h.title) for h in trial.only.headings] == [(2, "One"), (2, "Two")]


def test_lines_that_only_look_like_headings_are_text(run):
    trial = run({"a.md": "# A\n\n#tag and\n#more\n\n#\n\n  # Indented"})
    assert text(trial.only.xhtml).split() == ["#tag", "and", "#more", "Indented"]
    assert [h.title for h in trial.only.headings] == ["Indented"]


def test_a_title_of_awkward_characters_stays_as_it_is(run):
    trial = run({"a.md": "---\ntitle: C# & *a_b* [^1] <x>, C#\n---\nWords."})  # as Markdown has it
    assert trial.titles == ["C# & a_b [^1] <x>, C#"]


# Front matter


def test_useful_front_matter_is_kept_and_the_rest_named_once(run):
    front = "title: T\nsubtitle: S\nauthors: [A, {name: B}]\ndescription: D\nlang: fr_CA\n"
    trial = run({"a.md": f"---\n{front}date: 2021-02-30\ntags: [x]\nrole: boss\n---\n# T\n"})
    chapter = trial.only
    assert (text(chapter.title), chapter.subtitle, chapter.summary) == ("T", "S", "D")
    assert (chapter.authors, chapter.language) == (("A", "B"), "fr-CA")
    (told,) = trial.said("front-matter-left-out")
    assert all(word in told.message for word in ("date", "tags", "role"))


def test_toml_front_matter_is_read(run):
    trial = run({"a.md": '+++\ntitle = "T"\nauthor = "A"\nweight = 3\n+++\nWords.'})
    assert (trial.titles, trial.only.authors) == (["T"], ("A",))
    assert text(trial.only.xhtml) == "Words."
    assert "weight" in trial.said("front-matter-left-out")[0].message


def test_broken_front_matter_is_read_line_by_line(run):
    trial = run({"a.md": "---\ntitle: One: Two\nauthor: A\n---\nWords."})
    assert (trial.titles, trial.only.subtitle, trial.only.authors) == (["One"], "Two", ("A",))
    assert len(trial.said("bad-front-matter")) == 1


def test_what_only_looks_like_front_matter_is_text(run):
    trial = run({"a.md": "---\n\nOnce upon a time.\n\n---\n\nThe end."})
    assert text(trial.only.xhtml).split("\n") == ["", "Once upon a time.", "", "The end."]
    assert trial.only.xhtml.count("<hr") == 2


def test_a_language_that_is_none_is_left_out(run):
    trial = run({"a.md": "---\nlanguage: english as spoken\n---\n# A"})
    assert trial.only.language == "en"
    assert len(trial.said("bad-language")) == 1


# Plain text


def test_plain_text_keeps_every_character_and_joins_its_lines(run):
    words = "1. *Not* _a_ [list](x.md) <b> & `c` \\ {#d} | e [^1] ![f](g)\n# not a heading"
    words = words.replace("\n#", "\n #")
    trial = run({"a.txt": f"The Title!\n\n{words}\n\n* * *\n\n- dash\n  goes on\n\n> sign #"})
    assert trial.titles == ["The Title!"]
    paragraphs = [p.text_content() for p in parse(trial.only.xhtml).iter("p")]
    assert paragraphs == [" ".join(words.split()), "- dash goes on", "> sign #"]
    assert trial.only.xhtml.count("<hr") == 1


def test_a_text_file_with_headings_is_markdown(run):
    assert "<em>x</em>" in run({"a.txt": "# A\n\n*x*"}).only.xhtml


# Links


LINKS = """# One

[file](sub/two.md) [head](sub/two.md#the-second--part) [same](#own-part) [title](sub/two.md#two)
[again](sub/two.md#notes-1) [own](sub/two.md#given) [angle](<sub/th ree.md> "T (t)")
[ref][R] [R], [r][] [lost](gone.md) [no](sub/two.md#nothing) [code `a](x)`](sub/two.md)
<a href="sub/two.md">tag</a> <a href='gone.md'>gone tag</a> [out](https://example.org/a.md)
[![alt](p.png)](sub/two.md) [page](sub/two.html) \\[not](gone.md) [nested [lost]](gone.md)

[r]: sub/two.md#Notes 'A title'

## Own: Part!
"""
TWO = """# Two

## The Second – Part

## Notes

## Notes

## Other {#given}

[up](../one.md)
"""


def test_links_lead_to_the_new_places(run):
    files = {"one.md": LINKS, "sub/two.md": TWO, "sub/th ree.md": "# Three", "p.png": png()}
    trial = run(files)
    assert trial.links("one") == [
        ("file", "#two"),
        ("head", "#two--the-second-part"),
        ("same", "#one--own-part"),
        ("title", "#two"),
        ("again", "#two--notes-2"),
        ("own", "#two--given"),
        ("angle", "#three"),
        ("ref", "#two--notes"),
        ("R", "#two--notes"),
        ("r", "#two--notes"),
        ("no", "#two"),
        ("code a](x)", "#two"),
        ("tag", "#two"),
        ("gone tag", None),
        ("out", "https://example.org/a.md"),
        ("", "#two"),
        ("page", "#two"),
    ]
    assert trial.links("two") == [("up", "#one")]
    words = text(trial.chapters["one"].xhtml)
    assert "lost no" in words
    assert "[not](gone.md) nested [lost]" in words
    assert sorted(query.place.line for query in trial.said("unlinked")) == [5, 6, 7]
    assert [str(query.place) for query in trial.said("no-anchor")] == ["one.md:5"]


def test_old_anchors_and_ids_are_unique(run):
    text_of_it = '# A\n\n<a name="x">here\n\nthere <b id="x">x</b>\n\n## H {#x}\n\n[x](#x)\n'
    trial = run({"a.md": text_of_it})
    assert set(trial.only.ids) == {"a--x", "a--x-2", "a--x-3"}
    assert trial.links("a")[-1] == ("x", "#a--x")
    assert [query.place.line for query in trial.said("duplicate-id")] == [5, 7]


def test_titles_that_are_the_same_get_names_of_their_own(run):
    trial = run({"a.md": "# Same\n\n[b](b.md)", "b.md": "# Same\n\n[a](a.md)"})
    assert trial.links("same") == [("b", "#same-2")]
    assert trial.links("same-2") == [("a", "#same")]


# Pictures


def test_pictures_are_copied_and_shown(run):
    source = (
        '# A\n\n![one](p.png "Caption")\n\n![two](sub/p.png) ![three][r] <img src="sub/d r.svg" '
        'alt="four"> ![again](./p.png)\n\n[r]: <sub/p.gif>\n'
    )
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    gif = png("GIF")
    files = {"a.md": source, "p.png": png(), "sub/p.png": png(colour="blue"), "sub/d r.svg": svg}
    trial = run({**files, "sub/p.gif": gif})
    assert {path: picture.data for path, picture in trial.pictures.items()} == {
        "images/p.png": png(),
        "images/p-2.png": png(colour="blue"),
        "images/p.gif": gif,
        "images/d-r.svg": svg,
    }
    shown = [image.get("src") for image in parse(trial.only.xhtml).iter("img")]
    assert shown == [f"images/{n}" for n in ("p.png", "p-2.png", "p.gif", "d-r.svg", "p.png")]
    assert "<figcaption" in trial.only.xhtml
    assert not trial.acquired.queries


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "TIFF"])
def test_other_types_become_png(run, kind):
    trial = run({"a.md": "# A\n\n![x](p.X)", "p.X": png(kind)})
    (picture,) = trial.pictures.values()
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.convert("L").getpixel((0, 0)) in range(60, 90)) == ("PNG", True)
    assert len(trial.said("picture-changed")) == 1


def test_pictures_that_cannot_be_shown_become_words(run):
    lines = [
        "![gone](gone.png)",
        "![a *far* one](https://example.org/x.png)",
        '<img src="gone.jpg" alt="tag">',
        "![not one](broken.png)",
        "![unsafe](unsafe.svg)",
        "[![badge](http://x.org/b.svg)](https://x.org)",
        "![](un_named-file.png)",
        "![ref][r]",
    ]
    files = {"broken.png": b"no", "unsafe.svg": b"<svg><script/></svg>"}
    source = "# A\n\n" + "\n\n".join(lines) + "\n\n[r]: https://example.org/y.png\n"
    trial = run({"a.md": source, **files})
    emphasised = [em.text_content() for em in parse(trial.only.xhtml).iter("em")]
    assert emphasised == [
        *("gone", "a far one", "tag", "not one", "unsafe", "badge", "un named file", "ref"),
    ]
    assert trial.links("a") == [("badge", "https://x.org")]
    assert not trial.pictures
    told = [query.place.line for query in trial.said("picture-changed")]
    assert sorted(told) == list(range(3, 19, 2))


# Footnotes


def test_footnotes_without_a_note_stay_as_text(run):
    trial = run({"a.md": "# A\n\nOne[^1] two[^gone].\n\n[^1]: Note calling [^1].\n"})
    assert text(trial.only.xhtml) == "One1 two[^gone]."
    assert [text(n.paragraphs[0]) for n in trial.only.notes] == ["Note calling [^1]."]
    assert [query.place.line for query in trial.said("undefined-note")] == [3, 5]


def test_notes_of_the_same_name_are_told_apart(run):
    trial = run({"a.md": "# A\n\nx[^1]\n\n[^1]: First.\n\ny[^1]\n\n[^1]: Second.\n"})
    assert [text(note.paragraphs[0]) for note in trial.only.notes] == ["First.", "Second."]
    assert text(trial.only.xhtml).split() == ["x1", "y2"]
    assert [query.place.line for query in trial.said("duplicate-note")] == [9]


def test_an_endless_note_is_continued_in_others(run):
    trial = run({"a.md": "# A\n\nx[^n] y\n\n[^n]: " + "A sentence of words. " * 200 + "\n"})
    words = " ".join(text(p) for note in trial.only.notes for p in note.paragraphs)
    assert words.split() == ["A", "sentence", "of", "words."] * 200
    assert len(trial.only.notes) == 3
    assert len(trial.said("long-note")) == 1


def test_a_heading_right_after_a_note_is_no_part_of_it(run):
    trial = run({"a.md": "# A\n\nx[^1]\n\n[^1]: Note.\n## B\n\ny"})
    assert [h.title for h in trial.only.headings] == ["B"]
    assert [text(note.paragraphs[0]) for note in trial.only.notes] == ["Note."]


# Code


CODE = "# no heading\n[x](gone.md) ![y](gone.png) [^z] <a href='gone.md'>\n\n# none either"


@pytest.mark.parametrize(
    "listing",
    [
        f"```\n{CODE}\n```",
        f"~~~~ python\n{CODE}\n~~~\n~~~~~~",
        f"```rust,ignore\n{CODE}\n```",
        "  ```{.python key=x}\n" + "\n".join(f"  {line}" for line in CODE.split("\n")) + "\n  ```",
        f"```\n{CODE}",
        "\n".join(f"    {line}" for line in CODE.split("\n")),
        "> ```\n" + "\n".join(f"> {line}" for line in CODE.split("\n")) + "\n> ```",
        "- item\n\n    ```\n" + "\n".join(f"    {line}" for line in CODE.split("\n")) + "\n    ```",
    ],
)
def test_code_is_never_rewritten(run, listing):
    trial = run({"a.md": f"# A\n\n{listing}\n"})
    shown = "\n".join(code.text_content() for code in parse(trial.only.xhtml).iter("pre"))
    assert shown.replace("~~~\n", "").strip() == CODE
    assert not trial.only.headings
    assert not trial.acquired.queries


def test_code_in_a_list_stays_there(run):
    listing = "    ```sh\n    # go [x](gone.md)\n    ```"
    trial = run({"a.md": f"# A\n\n1. One\n\n{listing}\n\n2. Two\n"})
    (items,) = parse(trial.only.xhtml).iter("ol")
    assert [code.text_content() for code in items.iter("pre")] == ["# go [x](gone.md)\n"]
    assert len(items) == 2


def test_comments_and_spans_of_code_are_left_alone(run):
    trial = run({"a.md": "# A\n\n<!--\n# Old\n[x](gone.md)\n-->\n\n`[x](gone.md) [^1]`\n"})
    assert text(trial.only.xhtml) == "[x](gone.md) [^1]"
    assert not trial.acquired.queries


def test_instructions_to_other_presses_are_told(run):
    trial = run({"a.md": "# A\n\n{{#include x.rs}}\n\n{% hint %}\n\n`{% raw %}`\n"})
    assert [query.place.line for query in trial.said("directive")] == [3, 5]


def test_a_heading_right_after_a_table_is_no_row_of_it(run):
    trial = run({"a.md": "| a | b |\n|---|---|\n| c | d |\n# A\n\ny"})
    assert trial.titles == ["A"]
    assert len(list(parse(trial.only.xhtml).iter("tr"))) == 2


def test_a_rule_at_the_very_top_is_no_front_matter(run):
    trial = run({"a.md": "\n\n---\n\n# A\n\n---\n\nx"})
    assert trial.titles == ["A"]
    assert trial.only.xhtml.count("<hr") == 2
