"""Resumes as HTML: a hand-made page, or what a word processor exports."""

from __future__ import annotations

from html import escape

from events.writers.resume import Entry, Person, Section

PAGE_STYLE = """
body {{ font: 16px/1.5 Georgia, serif; color: #222; max-width: 46em; margin: 2em auto; padding: 0 1em; }}
h1 {{ margin-bottom: 0; color: {accent}; }}
h2 {{ border-bottom: 2px solid {accent}; font-size: 1.15em; margin-top: 1.8em; }}
.meta {{ color: #666; font-size: .9em; }}
.tags span {{ background: #eee; padding: .1em .6em; margin-right: .3em; border-radius: 3px; }}
"""


def write_html(person: Person) -> bytes:
    """The person's resume as a UTF-8 HTML file."""
    text = _exported(person) if person.look == "export" else _page(person)
    return text.encode()


def _page(person: Person) -> str:
    resume = person.resume
    contacts = " · ".join(_contact(contact) for contact in resume.contacts)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(resume.name)}</title>",
        f"<style>{PAGE_STYLE.format(accent=person.accent)}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escape(resume.name)}</h1>",
        f"<p>{escape(resume.headline)}</p>",
        f'<p class="meta">{contacts}</p>',
        "</header>",
        "<main>",
    ]
    for section in resume.sections:
        lines += ["<section>", f"<h2>{escape(section.title)}</h2>", *_body(section), "</section>"]
    return "\n".join([*lines, "</main>", "</body>", "</html>", ""])


def _contact(contact: str) -> str:
    text = escape(contact)
    return f'<a href="mailto:{text}">{text}</a>' if "@" in contact else text


def _body(section: Section) -> list[str]:
    lines = [f"<p>{escape(text)}</p>" for text in section.text]
    for entry in section.entries:
        lines += _article(entry)
    lines += _list(section.bullets)
    if section.items:
        lines.append('<p class="tags">' + " ".join(f"<span>{escape(item)}</span>" for item in section.items) + "</p>")
    if section.pairs:
        lines.append("<dl>")
        lines += [f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in section.pairs]
        lines.append("</dl>")
    return lines


def _article(entry: Entry) -> list[str]:
    meta = " | ".join(part for part in (entry.where, entry.dates) if part)
    return [
        "<article>",
        f"<h3>{escape(entry.title)}</h3>",
        f'<p class="meta">{escape(meta)}</p>',
        *([f"<p>{escape(entry.text)}</p>"] if entry.text else []),
        *_list(entry.bullets),
        "</article>",
    ]


def _list(lines: tuple[str, ...]) -> list[str]:
    return ["<ul>", *(f"<li>{escape(line)}</li>" for line in lines), "</ul>"] if lines else []


def _exported(person: Person) -> str:
    """Tables and inline styles, as older word processors save a page for the web."""
    resume = person.resume
    rows = [
        f'<p align="center"><font size="5"><b>{escape(resume.name)}</b></font><br>{escape(resume.headline)}<br>'
        + "<br>".join(escape(contact) for contact in resume.contacts)
        + "</p>",
        '<table width="100%" border="0" cellpadding="4" cellspacing="0">',
    ]
    for section in resume.sections:
        line = f"border-bottom:1px solid {person.accent}"
        rows.append(f'<tr><td colspan="2" style="{line}"><b>{escape(section.title)}</b></td></tr>')
        for entry in section.entries:
            what = "<br>".join(
                [f"<b>{escape(entry.title)}</b>", escape(entry.where), *([escape(entry.text)] if entry.text else [])]
            )
            rows.append(
                f'<tr valign="top"><td width="22%">{escape(entry.dates)}</td>'
                f"<td>{what}{''.join(_list(entry.bullets))}</td></tr>"
            )
        rest = [*section.text, *(f"{label}: {value}" for label, value in section.pairs)]
        if section.items:
            rest.append(", ".join(section.items))
        cell = "<br>".join(escape(line) for line in rest) + "".join(_list(section.bullets))
        if cell:
            rows.append(f'<tr valign="top"><td width="22%">&nbsp;</td><td>{cell}</td></tr>')
    encoding = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    head = f"<head>{encoding}<title>{escape(resume.name)}</title></head>"
    body = '<body style="font-family:Arial,sans-serif;font-size:10pt">'
    return "\n".join(["<html>", head, body, *rows, "</table>", "</body>", "</html>", ""])
