"""The skills of the taxonomy that the requirements of a draft speak of."""

from __future__ import annotations

from hiring.jobs.advertisement.model import Draft, DraftSkill
from hiring.skills.stated import stated_skills
from hiring.skills.taxonomy import load_taxonomy

MOST = 3


def with_skills(draft: Draft) -> Draft:
    """`draft` with at most `MOST` skills at each requirement, the likeliest first; none where none is sure enough.

    Raises `ModelMissing` without the model data.
    """
    taxonomy = load_taxonomy()
    requirements = []
    for requirement in draft.requirements:
        skills = tuple(
            DraftSkill(id=taxonomy.concept(link.skill.number), label=link.skill.label)
            for link in stated_skills(requirement.value, MOST)
        )
        requirements.append(requirement.model_copy(update={"skills": skills}))
    return draft.model_copy(update={"requirements": tuple(requirements)})
