"""The bench, the gate, what stands between a draft and the public."""

import pytest

from khue.domains.assistants.actions import assistants, benches, publications, questions
from khue.domains.assistants.definition import file
from khue.domains.assistants.models import Assistant, RunState, State
from khue.domains.assistants.queries.gate import gate
from khue.domains.assistants.queries.versions import differences
from khue.domains.knowledge import api as knowledge
from khue.kernel import jobs
from khue.kernel.errors import NotAllowed


def shut(assistant, actor):
    return {check.key for check in gate(assistant, actor).shut}


def test_every_question_is_asked_and_judged(tested):
    assert tested.state == RunState.DONE
    rows = {row.question: row for row in tested.rows.all()}
    assert len(rows) == 5 and tested.totals["right"] == 1.0 and tested.totals["abstained"] == 1.0
    row = rows["Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"]
    assert row.passed and row.judged["right_source"] and row.judged["right_answer"] and row.judged["ms"] > 0


def test_a_run_goes_on_where_it_was(tested, assistant, an):
    tested.rows.filter(position__gte=3).delete()
    tested.state = RunState.RUNNING
    tested.save()
    kept = {row.pk for row in tested.rows.all()}
    again = benches.work(tested.pk)
    assert again.state == RunState.DONE and again.rows.count() == 5 and kept < {row.pk for row in again.rows.all()}


def test_a_stopped_run_stays_as_it_is(tested, an):
    tested.state = RunState.WAITING
    tested.save()
    benches.stop(by=an, run=tested)
    assert benches.work(tested.pk).state == RunState.STOPPED


def test_it_runs_in_the_background(assistant, an, db):
    questions.add(by=an, assistant=assistant, question=file.Question(question="Phí hộ chiếu?"))
    run = benches.start(by=an, assistant=assistant)
    with pytest.raises(benches.RunningAlready):
        benches.start(by=an, assistant=assistant)
    jobs.work(at_once=1, until_empty=True)
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_no_questions_no_run(assistant, an):
    with pytest.raises(benches.NoQuestions):
        benches.start(by=an, assistant=assistant)


def test_a_fresh_draft_meets_a_shut_gate(assistant, an):
    assert shut(assistant, an) == {"questions", "bench", "register"}
    with pytest.raises(publications.GateShut):
        publications.publish(by=an, assistant=assistant)
    assert Assistant.objects.get().state == State.DRAFT


def test_tested_and_approved_it_is_published_and_withdrawn(published, an):
    assert published.state == State.PUBLISHED and published.published.number == 1
    publications.withdraw(by=an, assistant=published)
    assert Assistant.objects.get().published is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"notice": {"vi": "Đây là AI."}}, "notice"),
        ({"handover": {"contact": {"name": "Một cửa"}}}, "contact"),
        ({"purpose": ""}, "purpose"),
        ({"knowledge": {"collections": ["Không có"]}}, "knowledge"),
        ({"voice": {"manner": "warm"}}, "bench"),
    ],
)
def test_each_thing_that_is_missing_shuts_the_gate(approved, assistant, an, change, key):
    assert not shut(assistant, an)
    assistants.change(by=an, assistant=assistant, changes=change)
    assert key in shut(assistant, an)


def test_a_bad_result_shuts_the_gate(approved, assistant, an):
    questions.add(by=an, assistant=assistant, question=file.Question(question="Giá vàng bao nhiêu?"))
    benches.work(benches.start(by=an, assistant=assistant, later=False).pk)
    assert shut(assistant, an) == {"bench"}


def test_data_that_is_not_public_shuts_the_gate(approved, assistant, books, an):
    from khue.domains.knowledge.models import Collection

    Collection.objects.update(data_class=knowledge.DataClass.INTERNAL)
    assert "class" in shut(assistant, an)


def test_a_steward_signs_for_passing_over_and_it_is_visible(assistant, an, dung, approved):
    assistants.change(by=an, assistant=assistant, changes={"voice": {"manner": "warm", "limits": ["Không."]}})
    with pytest.raises(NotAllowed):
        publications.publish(by=an, assistant=assistant, override="Cần mở gấp trong đợt bão lũ này.")
    publications.ask_for_entry(by=an, assistant=assistant)
    from khue.domains.stewardship.actions import use_cases
    from khue.domains.stewardship.models import UseCase

    use_cases.decide(by=dung, use_case=UseCase.objects.get(), approve=True, reason="Vẫn là dữ liệu công khai.")
    with pytest.raises(publications.NoReason):
        publications.publish(by=dung, assistant=assistant, override="gấp")
    made = publications.publish(by=dung, assistant=assistant, override="Cần mở gấp trong đợt bão lũ này.")
    assert made.overridden == ["bench"] and "Cần mở gấp" in made.note and made.entry


def test_what_cannot_be_passed_over_stays_shut(assistant, an, dung, approved):
    assistants.change(by=an, assistant=assistant, changes={"notice": {}})
    with pytest.raises(publications.GateShut):
        publications.publish(by=dung, assistant=assistant, override="Cần mở gấp trong đợt bão lũ này.")


def test_the_builder_does_not_sign_for_themselves(tested, assistant, dung):
    Assistant.objects.update(owner_id=dung.person_id)
    assistant.refresh_from_db()
    with pytest.raises(NotAllowed):
        publications.publish(by=dung, assistant=assistant, override="Cần mở gấp trong đợt bão lũ này.")


def test_a_changed_source_reruns_what_is_published_and_says_what_got_worse(published, books, an):
    [document] = [one for one in knowledge.find_documents(an, words="hộ chiếu")]
    assert benches.rerun_changed() == 0
    knowledge.delete_documents([document.id], by=an)
    assert benches.rerun_changed() == 1
    jobs.work(at_once=1, until_empty=True)
    run = published.published.runs.first()
    assert run.reason == "knowledge" and run.worse == ["Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"]
    assert benches.rerun_changed() == 0


def test_another_model_reruns_what_is_published(published, model_server, settings):
    settings.KHUE_MODEL = "local"
    assert benches.rerun_changed() == 1
    assert published.published.runs.first().reason == "model"


def test_versions_are_kept_compared_and_come_back(tested, assistant, an):
    first = assistant.versions.get()
    assistants.change(by=an, assistant=assistant, changes={"purpose": "Chỉ khai sinh."})
    second = assistants.freeze(by=an, assistant=assistant)
    assert second.number == 2 and assistants.freeze(by=an, assistant=assistant) == second
    assert [one.place for one in differences(first, second)] == ["purpose"]
    assistants.roll_back(by=an, assistant=assistant, version=first)
    assert assistant.definition.purpose == first.shape.purpose


def test_a_copy_belongs_to_who_made_it(tested, assistant, dung):
    made = assistants.clone(by=dung, assistant=assistant)
    assert made.owner_id == dung.person_id and made.slug != assistant.slug and made.questions.count() == 5


def test_it_travels_as_a_file(tested, assistant, an):
    text = assistants.as_file(assistant)
    made = assistants.bring(by=an, shared=file.read(text.encode()))
    assert made.definition == assistant.definition and made.questions.count() == 5
    again = assistants.bring(by=an, shared=file.read(text.encode()), replace=True)
    assert again.pk == assistant.pk and again.questions.count() == 5


def test_proposals_wait_for_a_person(assistant, an):
    assert questions.propose(by=an, assistant=assistant) > 3
    kinds = set(assistant.questions.values_list("kind", flat=True))
    assert kinds == {"answerable", "outside", "hostile"}
    assert not assistant.questions.filter(accepted=True).exists()
    with pytest.raises(benches.NoQuestions):
        benches.start(by=an, assistant=assistant)


def test_what_is_proposed_asks_for_figures_of_the_sources(assistant, an):
    questions.propose(by=an, assistant=assistant)
    found = {one.question: (one.answer, one.source) for one in assistant.questions.exclude(answer="")}
    assert found["Lệ phí cấp hộ chiếu phổ thông là bao nhiêu đồng?"] == ("200.000 đồng", "Cấp hộ chiếu")


def test_a_published_one_is_not_deleted(published, an):
    with pytest.raises(assistants.StillPublished):
        assistants.delete(by=an, assistant=published)
    publications.withdraw(by=an, assistant=published)
    assistants.delete(by=an, assistant=published)
    assert not Assistant.objects.exists()


def test_others_may_look_or_not(assistant, binh, dung, chi):
    seen = Assistant.objects.visible_to
    assert seen(dung).exists() and not seen(binh).exists() and not seen(chi).exists()
    with pytest.raises(NotAllowed):
        assistants.change(by=binh, assistant=assistant, changes={"purpose": "x"})
