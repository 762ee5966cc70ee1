"""Packed postings, segments, the index file, and what a compaction makes of them."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray

from hiring.matching import passes, segment
from hiring.matching.columns import CandidateColumns
from hiring.matching.compaction import renewed
from hiring.matching.directions import restored, signs_of, sizes_of
from hiring.matching.generation import Generation
from hiring.matching.index_file import ALIGNMENT, MAGIC, NotAnIndex, read_index, write_index
from hiring.matching.packed import PackedPostings
from hiring.matching.passes import look_closer, pool_of
from hiring.matching.postings import Found, Postings
from hiring.matching.query import text_query
from hiring.matching.scoring import first_statistics, pool_statistics, shown_shares
from hiring.matching.segment import Segment
from hiring.matching.statistics import Component
from hiring.matching.terms import term
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger
from tests.matching_builders import RESUME, make_features

TRADES = ("Painter", "Nurse", "Backend Engineer", "Accountant", "Truck Driver")


def crowd(count: int = 40, *, first: int = 0) -> CandidateColumns:
    """Candidates with ids in order, of five trades, each with words of their own."""
    return CandidateColumns.of(
        make_features(
            f"{TRADES[number % 5]} number{number}\nWorked as a {TRADES[number % 5]} at place{number % 7} for years\n",
            candidate_id=f"cand_{number:04}",
        )
        for number in range(first, first + count)
    )


def written(*segments: Segment) -> bytes:
    """The index file of these segments."""
    file = BytesIO()
    write_index(file, segments)
    return file.getvalue()


def plain(columns: CandidateColumns) -> list[object]:
    """Everything in columns, as values that compare; of the vectors, as much as a segment keeps."""
    out: list[object] = []
    for field in fields(CandidateColumns):
        value = getattr(columns, field.name)
        if field.name in ("vectors", "title_vectors"):
            value = kept(value)
        arrays = [value] if isinstance(value, np.ndarray) else list(vars(value.plain()).values())
        out += [array.tolist() for array in arrays]
    return out


def kept(vectors: NDArray[np.int8]) -> NDArray[np.int8]:
    """As much of vectors as a segment keeps."""
    return restored(signs_of(vectors), sizes_of(vectors))


def same(one: Found, other: Found) -> bool:
    """Whether two look-ups found the same rows and values."""
    return np.array_equal(one[0], other[0]) and np.array_equal(one[1], other[1])


@pytest.mark.parametrize("universe", [1, 7, 300, 5000, 65_536])
@pytest.mark.parametrize("counted", [True, False])
def test_packed_postings_tell_what_was_packed(universe: int, *, counted: bool) -> None:
    chance = np.random.default_rng(universe)
    keys, rows = [], []
    for key, share in enumerate((1.0, 0.6, 0.2, 0.08, 0.02, 0.004, 0.0002)):
        held = np.flatnonzero(chance.random(universe) < share)
        keys.append(np.full(len(held), key * 1000, dtype=np.uint32))
        rows.append(held.astype(np.uint32))
    values = chance.integers(1 if counted else 0, 20, sum(map(len, rows)), dtype=np.uint8)
    postings = Postings.of(np.concatenate(keys), np.concatenate(rows), values)
    packed = PackedPostings.of(postings, universe, counted=counted)
    for part, array in vars(packed.plain()).items():
        assert array.tolist() == getattr(postings, part).tolist()
    for key in (*postings.keys.tolist(), 5):
        assert packed.count(key) == postings.count(key)
        assert same(packed.find(key), postings.find(key))


def test_counts_of_any_size_are_told_as_they_are() -> None:
    counts = np.arange(1, 256, dtype=np.uint8)
    nothing, rows = np.zeros(len(counts), dtype=np.uint32), np.arange(len(counts), dtype=np.uint32)
    packed = PackedPostings.of(Postings.of(nothing, rows, counts), len(counts), counted=True)
    assert packed.find(0)[1].tolist() == counts.tolist()


def test_packed_postings_take_less_than_a_byte_and_a_half_where_many_rows_have_a_key() -> None:
    rows = np.flatnonzero(np.random.default_rng(4).random(60_000) < 0.05).astype(np.uint32)
    ones = np.ones(len(rows), dtype=np.uint8)
    packed = PackedPostings.of(Postings.of(np.zeros(len(rows), dtype=np.uint32), rows, ones), 60_000, counted=True)
    assert packed.codes.nbytes < 1.1 * len(rows)


def test_a_segment_tells_what_was_packed() -> None:
    columns = crowd()
    assert plain(Segment.of(columns).unpacked()) == plain(columns)


def test_a_resume_with_many_pairs_keeps_every_shared_word_and_the_pairs_that_most_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment, "MORE_BITS", 120)
    columns = crowd()
    kept, everything = Segment.of(columns).unpacked().terms, columns.terms
    assert kept.count(term("worked")) == everything.count(term("worked")) == 40
    assert kept.count(term("number7")) == 1
    assert kept.count(term("accountant number3")) == 0
    lost = everything.plain().sizes().sum() - kept.plain().sizes().sum()
    assert 0 < lost < everything.plain().sizes().sum() / 2


def test_by_an_index_that_lost_pairs_nobody_holds_more_of_the_must_haves_than_by_the_whole_resume(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment, "MORE_BITS", 120)
    columns = crowd()
    query = text_query("accountant number3, nurse number6, backend engineer", load_embedding(), load_tagger())
    indexed = shown_shares(replace(columns, terms=Segment.of(columns).terms), query)
    whole = shown_shares(columns, query)
    assert (indexed <= whole).all()
    assert (indexed < whole).any()


def test_a_closer_look_at_some_rows_is_what_the_plain_columns_say_of_them() -> None:
    columns = crowd()
    rows = np.array([2, 7, 8, 31])
    asked = [term("nurse"), term("worked nurse"), term("number7"), term("backend engineer"), term("absent")]
    near, expected = Segment.of(columns).closer(rows), columns.taken(rows)
    assert near.ids.tolist() == expected.ids.tolist()
    assert (near.vectors == kept(expected.vectors.view(np.int8))).all()
    assert (near.title_vectors == kept(expected.title_vectors.view(np.int8))).all()
    for number in asked:
        assert same(near.terms.find(number), expected.terms.find(number))


def test_the_terms_of_a_segment_are_what_the_plain_columns_say_wherever_they_are_kept() -> None:
    columns = crowd()
    asked = [term("nurse"), term("worked nurse"), term("number7"), term("absent")]
    told = Segment.of(columns).terms
    for number in asked:
        assert same(told.find(number), columns.terms.find(number))


def test_the_index_reads_back_what_was_written_and_gives_the_same_bytes_again() -> None:
    content = written(Segment.of(crowd(30)), Segment.of(crowd(5, first=30)))
    read = list(read_index(BytesIO(content)))
    assert [len(part) for part in read] == [30, 5]
    assert plain(read[0].unpacked()) == plain(crowd(30))
    assert written(*read) == content == written(*(Segment.of(part.unpacked()) for part in read))


def test_an_index_that_is_cut_off_is_refused() -> None:
    content = written(Segment.of(crowd(3)))
    for size in (len(content) - 1, len(content) - 9, 100, 12):
        with pytest.raises(NotAnIndex):
            list(read_index(BytesIO(content[:size])))


def test_a_file_of_another_layout_is_refused() -> None:
    with pytest.raises(NotAnIndex):
        list(read_index(BytesIO(b"CANDIDX1" + written()[8:])))


def test_the_sections_of_an_index_are_aligned_and_its_vectors_last() -> None:
    content = written(Segment.of(crowd(3)))
    size = int.from_bytes(content[len(MAGIC) : len(MAGIC) + 8], "little")
    header = json.loads(content[len(MAGIC) + 8 : len(MAGIC) + 8 + size])
    assert [section["name"] for section in header][-2:] == ["sizes", "title_sizes"]
    assert (len(content) - 8 - 3 * 128) % ALIGNMENT == 0


def test_a_generation_knows_how_many_hold_a_term_wherever_it_is_kept() -> None:
    columns = crowd()
    generation = Generation("gen_1", (Segment.of(crowd(30)), Segment.of(crowd(10, first=30))))
    for phrase in ("nurse", "number7", "nurse number1", "truck driver", "absent"):
        assert generation.holders(term(phrase)) == columns.terms.count(term(phrase))
    assert generation.collection.average_length == pool_of(None, columns, ()).collection.average_length


def test_changes_go_into_the_segments_that_they_concern_and_the_others_stay() -> None:
    old = [Segment.of(crowd(10)), Segment.of(crowd(10, first=20)), Segment.of(crowd(10, first=40))]
    changed = CandidateColumns.of(
        make_features(RESUME, candidate_id=f"cand_{number:04}", version=2) for number in (25, 32, 60)
    )
    new = list(renewed(old, changed, ["cand_0041"]))
    assert new[0] is old[0]
    assert [len(part) for part in new] == [10, 10, 11]
    ids = [i.decode() for part in new for i in part.everybody.ids.tolist()]
    assert ids == sorted(ids)
    assert {"cand_0025", "cand_0032", "cand_0060"} < set(ids)
    assert "cand_0041" not in ids
    assert [part.unpacked().terms.count(term("postgresql")) for part in new] == [0, 1, 2]


def test_what_is_too_much_for_a_segment_begins_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiring.matching.compaction.ROWS", 16)
    first = list(renewed((), crowd(40), ()))
    assert [len(part) for part in first] == [16, 16, 8]
    assert [len(part) for part in renewed(first, crowd(12, first=40), ())] == [16, 16, 16, 4]


def test_R6_the_first_pass_keeps_as_many_as_it_may_whatever_the_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "CLOSER", 12)
    query = text_query(
        "Nurse who has worked for years at a hospital and who is going to lead our ward.",
        load_embedding(),
        load_tagger(),
    )
    chosen = []
    for cuts in ((60,), (20, 20, 20), (50, 10)):
        starts = np.cumsum([0, *cuts[:-1]]).tolist()
        generation = Generation(
            "gen_1", tuple(Segment.of(crowd(size, first=at)) for at, size in zip(starts, cuts, strict=True))
        )
        pool = pool_of(generation, CandidateColumns.of(()), ())
        near = look_closer(pool, query, [part.live for part in pool.parts], lambda _: {})
        chosen.append([i for part in near.columns for i in part.ids.tolist()])
        assert len(chosen[-1]) == 12
    nurses = {f"cand_{number:04}".encode() for number in range(1, 60, 5)}
    assert chosen[0] == chosen[1] == chosen[2] == sorted(nurses)


def test_what_the_best_have_in_common_is_the_same_by_an_index_that_lost_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "MORE_BITS", 200)
    wards = "\n".join(f"Nurse of ward{number} on shift" for number in range(30))
    people = {
        f"cand_{number:04}": make_features(
            f"{TRADES[number % 5]} place{number % 7}\n{wards if number % 5 == 1 else 'Kept the tools in order'}\n",
            candidate_id=f"cand_{number:04}",
        )
        for number in range(60)
    }
    columns = CandidateColumns.of(people.values())
    packed = Segment.of(columns)
    assert len(packed.terms.plain().rows) < len(columns.terms.plain().rows)
    query = text_query(
        "Nurse (m/f/d) - Vienna. We are looking for somebody who has worked for years on a ward of a hospital and who "
        "is going to lead the shift of ours.",
        load_embedding(),
        load_tagger(),
    )

    pool = pool_of(Generation("gen_1", (packed,)), CandidateColumns.of(()), ())
    live = [part.live for part in pool.parts]
    indexed = look_closer(pool, query, live, lambda ids: {i: people[i] for i in ids}).statistics

    whole = pool_statistics(columns, query, "gen_1")
    assert indexed.kindred == whole.kindred
    assert indexed.kindred is not None
    assert indexed.spreads[Component.KINDRED_WORDS] == whole.spreads[Component.KINDRED_WORDS]


def test_the_spreads_of_a_sample_are_set_right_by_what_the_first_pass_knows_of_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(1)
    columns = CandidateColumns.of(
        make_features(
            f"{TRADES[chance.integers(5)]}\nWorked on a ward as {TRADES[chance.integers(5)]} of shift{number % 90}\n",
            candidate_id=f"cand_{number:04}",
        )
        for number in range(600)
    )
    query = text_query(
        "Nurse (m/f/d) - Vienna. We are looking for somebody who has worked for years on a ward of a hospital and who "
        "is going to lead the shift of ours.",
        load_embedding(),
        load_tagger(),
    )
    pool = pool_of(Generation("gen_1", (Segment.of(columns),)), CandidateColumns.of(()), ())
    live = [part.live for part in pool.parts]
    whole = look_closer(pool, query, live, lambda _: {}).statistics.spreads
    monkeypatch.setattr(passes, "SAMPLE", 60)
    told = look_closer(pool, query, live, lambda _: {}).statistics.spreads
    alone = first_statistics(columns.taken(np.arange(0, 600, 10)).rounded(), query, pool.collection).spreads
    off, before = (
        sum(abs(each[part].mean - whole[part].mean) / whole[part].deviation for part in alone) for each in (told, alone)
    )
    assert 0 < off < before / 3
