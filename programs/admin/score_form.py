"""The scores of an evaluation as one table: a line per component or pillar, a box per scorer."""

from django import forms
from django.utils.translation import gettext as _

from programs.domain import evaluations
from programs.models import ComponentScore, Pillar, PillarScore, Scorer
from regencies.admin.base import WholeRowForm


class EvaluationForm(WholeRowForm):
    """Checks the boxes that ``with_boxes`` adds, and knows what was changed in them."""

    components, pillars = {}, {}  # box -> (number of the component or pillar, scorer)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.components and not self.pillars:
            return
        for boxes, model, about in (
            (self.components, ComponentScore, "component_id"),
            (self.pillars, PillarScore, "pillar_id"),
        ):
            stored = model.objects.filter(evaluation=self.instance)
            given = {
                (pk, by): score for pk, by, score in stored.values_list(about, "scorer", "score")
            }
            for box, place in boxes.items():
                self.initial[box] = given.get(place)

    def clean(self):
        cleaned = super().clean()
        scheme = self.instance.round.scheme if self.components or self.pillars else None
        for box in self.components | self.pillars:
            score = cleaned.get(box)
            if score is not None and (reason := evaluations.beyond(scheme, score)):
                self.add_error(box, reason)
        return cleaned

    def changed_scores(self):
        """What to write: the changed boxes of components, and those of pillars."""
        return {
            name: {
                place: self.cleaned_data[box]
                for box, place in boxes.items()
                if box in self.changed_data
            }
            for name, boxes in (("components", self.components), ("pillars", self.pillars))
        }

    def tables(self):
        """For the template: (heading, [(name, weight or nothing, boxes)])."""
        return [(heading, [self._line(*line) for line in lines]) for heading, lines in self.grid]

    def _line(self, name, weight, boxes):
        return name, weight, [self[box] for box in boxes]


def with_boxes(form, evaluation):
    """``form`` with a box for every component of the round's scheme, every pillar and scorer."""
    scheme = evaluation.round.scheme
    if scheme.published_at is None:
        return form
    parts = [("c", part.pk, part.name, part.weight) for part in scheme.components.all()]
    six = [("p", pillar.pk, pillar.name, None) for pillar in Pillar.objects.all()]
    own = {"components": {}, "pillars": {}}
    grid = []
    for room, heading, rows in (
        ("components", _("Scores by component"), parts),
        ("pillars", _("Scores by pillar"), six),
    ):
        lines = []
        for letter, pk, name, weight in rows:
            boxes = {f"{letter}{pk}_{scorer}": (pk, scorer) for scorer in Scorer.values}
            own[room] |= boxes
            own |= {box: _box(name, place[1]) for box, place in boxes.items()}
            lines.append((name, weight, list(boxes)))
        if lines:
            grid.append((heading, lines))
    return type(form.__name__, (form,), own | {"grid": grid})


def _box(name, scorer):
    return forms.DecimalField(
        label=f"{name}: {Scorer(scorer).label}",
        required=False,
        max_digits=6,
        decimal_places=3,
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "vIntegerField", "step": "0.001"}),
    )
