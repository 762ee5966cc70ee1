"""The skills that a quote from a resume names."""

from __future__ import annotations

from hiring.resumes.model import Evidence
from hiring.skills.tagging import SkillTagger


def named_skills(evidence: Evidence, start: int, end: int, tagger: SkillTagger) -> tuple[str, ...]:
    """The skills in `evidence.text[start:end]` as they are written, each once: what the resume itself lists as skills,
    then knowledge and tools that only its prose mentions and does not deny.
    """
    inside = [(skill.start, skill.end) for skill in evidence.skills if start <= skill.start and skill.end <= end]
    listed = [skill.value for skill in evidence.skills if (skill.start, skill.end) in inside]
    mentioned = [
        " ".join(evidence.text[start + span.start : start + span.end].split())
        for span in tagger.spans(evidence.text[start:end])
        if span.kind == "knowledge"
        and not span.denied
        and not any(first < start + span.end and start + span.start < last for first, last in inside)
    ]
    return tuple({name.casefold(): name for name in reversed([*listed, *mentioned])}.values())[::-1]
