"""Operators turn flags, and what operators do is written down."""

from __future__ import annotations

from hiring.audit import store as audit
from hiring.audit.model import Act, AuditEvent
from hiring.shared.clock import utc_now
from hiring.shared.table import Table
from tests.builders import NOW
from tests.integration.test_operator_api import call, create

FLAG = "/operator/flags/resume_reupload"


def test_a_flag_is_off_until_somebody_turns_it_on() -> None:
    status, flag, headers = call("GET", FLAG)
    assert (status, flag, headers["ETag"]) == (200, {"name": "resume_reupload", "on": False}, '"0"')
    status, flag, headers = call("PUT", FLAG, {"on": True}, headers={"If-Match": '"0"'})
    assert (status, flag["on"], headers["ETag"]) == (200, True, '"1"')
    assert call("GET", FLAG)[1] == flag
    assert flag in call("GET", "/operator/flags")[1]["items"]


def test_a_flag_is_turned_only_as_it_was_read() -> None:
    call("PUT", FLAG, {"on": True}, headers={"If-Match": '"0"'})
    assert call("PUT", FLAG, {"on": False}, headers={"If-Match": '"0"'})[0] == 412
    assert call("PUT", FLAG, {"on": False})[0] == 428
    assert call("GET", FLAG)[1]["on"] is True


def test_there_is_no_other_flag() -> None:
    assert call("GET", "/operator/flags/dark_mode")[0] == 404
    assert call("PUT", "/operator/flags/dark_mode", {"on": True}, headers={"If-Match": '"0"'})[0] == 404


def test_what_an_operator_does_is_written_down_with_ids_only() -> None:
    _, organisation, _ = create("Harbour Analytics", "one")
    create("Harbour Analytics", "one")  # a repeat is no second act
    call("PUT", FLAG, {"on": True}, headers={"If-Match": '"0"'}, sub="op-2")
    call("PUT", FLAG, {"on": False}, headers={"If-Match": '"0"'}, sub="op-2")  # refused: nothing was done
    _, events, _ = call("GET", "/operator/audit", query={"day": f"{utc_now():%Y-%m-%d}"})
    told = [(each["by"], each["act"], each["about"]) for each in events["items"]]
    assert told == [("op-1", "organisation-created", organisation["id"]), ("op-2", "flag-set", "resume_reupload")]
    assert "Harbour" not in str(events)


def test_the_acts_of_a_day_are_read_page_by_page_in_the_order_of_time(table: Table) -> None:
    written = [audit.put_event(Act.FLAG_SET, str(number), by="op-1", now=NOW) for number in range(25)]
    for each in written:
        table.commit([each], now=NOW)
    start, seen = None, []
    while True:
        page = audit.events_page(table, NOW.date(), limit=4, start=start)
        seen += [item.read(AuditEvent).id for item in page.items]
        start = page.next_key
        if start is None:
            break
    assert seen == sorted(str(each.data["id"]) for each in written)


def test_no_act_replaces_another(table: Table) -> None:
    import pytest

    from hiring.shared.table import CommitRefused

    event = audit.put_event(Act.FLAG_SET, "resume_reupload", by="op-1", now=NOW)
    table.commit([event], now=NOW)
    with pytest.raises(CommitRefused):
        table.commit([event], now=NOW)
