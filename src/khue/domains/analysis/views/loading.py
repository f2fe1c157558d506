"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.analysis.models import Analysis, Dataset, Step
from khue.domains.analysis.permissions import can_change
from khue.domains.people.api import actor


def visible_dataset(request: HttpRequest, dataset_id: UUID) -> Dataset:
    return get_object_or_404(Dataset.objects.visible_to(actor(request)), pk=dataset_id)


def changeable_dataset(request: HttpRequest, dataset_id: UUID) -> Dataset:
    found = visible_dataset(request, dataset_id)
    if not can_change(actor(request), found):
        raise Http404
    return found


def visible(request: HttpRequest, analysis_id: UUID) -> Analysis:
    return get_object_or_404(Analysis.objects.visible_to(actor(request)), pk=analysis_id)


def changeable(request: HttpRequest, analysis_id: UUID) -> Analysis:
    found = visible(request, analysis_id)
    if not can_change(actor(request), found):
        raise Http404
    return found


def step_of(analysis: Analysis, step_id: UUID) -> Step:
    return get_object_or_404(analysis.steps, pk=step_id)
