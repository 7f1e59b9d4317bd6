"""The pages of a book judged; chapters that stand as they were are not read again."""

from __future__ import annotations

import hashlib

from pydantic import TypeAdapter

from bindery.book import EditedBook
from bindery.evenness import PageQuality, Sample, Sampler, judge, sample_galley
from bindery.set_pages import SetPages
from bindery.standing_type import StandingType, key
from bindery.workshop import Workshop

SAMPLES = TypeAdapter(Sample)


def quality_of(book: EditedBook, workshop: Workshop, kept: StandingType | None) -> PageQuality:
    """What the pages of a book's chapters look like; the workshop has them all."""
    titles = {chapter.slug: chapter.running for chapter in book.chapters}
    return judge(workshop.set_book, workshop.screen, titles, _sampler(kept))


def _sampler(kept: StandingType | None) -> Sampler:
    """Samples a galley, or knows its sample from an earlier printing."""
    if kept is None:
        return sample_galley

    def sampled(pages: SetPages, begins_verso: bool) -> Sample:
        name = key("sample", hashlib.sha256(pages.data).hexdigest(), begins_verso)
        entry = kept.get(name)
        if entry is not None:
            return SAMPLES.validate_json(entry)
        sample = sample_galley(pages, begins_verso)
        kept.put(name, SAMPLES.dump_json(sample))
        return sample

    return sampled
