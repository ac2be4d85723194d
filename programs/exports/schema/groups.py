"""The groups of nouns in ``docs/schema.md``: the one place to add a new model's module.

Groups stand in the order of a participation's life. A model whose module is in no group
is refused by ``nouns.read`` and by ``tests/test_schema.py``.
"""

GROUPS = {
    "Places": (
        "regencies.models.province",
        "regencies.models.regency",
        "regencies.models.area",
        "regencies.models.agency",
    ),
    "People": (
        "regencies.models.user",
        "regencies.models.membership",
        "regencies.models.office",
        "regencies.models.token",
    ),
    "Programme and cohort": (
        "programs.models.program",
        "programs.models.cohort",
        "programs.models.institution",
        "programs.models.pillar",
    ),
    "Selection": (
        "programs.models.letter",
        "programs.models.candidacy",
    ),
    "Participation": (
        "programs.models.participation",
        "programs.models.assignment",
    ),
    "MoU and commitment": (
        "programs.models.memorandum",
        "programs.models.body",
        "programs.models.commitment",
    ),
    "Bimtek": (
        "programs.models.bimtek",
        "programs.models.session",
        "programs.models.output",
        "programs.models.version",
        "programs.models.transition",
    ),
    "Masterplan": ("programs.models.masterplan", "programs.models.book"),
    "Initiatives": (
        "programs.models.initiative",
        "programs.models.year_plan",
        "programs.models.claim",
    ),
    "Awards": ("programs.models.award",),
    "Evaluation": (
        "programs.models.scheme",
        "programs.models.evaluation",
        "programs.models.recommendation",
    ),
    "Sources": (
        "programs.models.source",
        "programs.models.statement",
        "programs.models.document",
    ),
}

#: Nouns that all groups name. The overview leaves out the arrows to them from other groups, or it
#: would be a web; the groups' own diagrams and the picture have every line.
EVERYWHERE = {"Agency", "Document", "Pillar", "Regency", "Source", "User"}
