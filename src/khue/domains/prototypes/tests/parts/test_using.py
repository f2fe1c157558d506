"""Tools as people use them: by keyboard, without storage, after a reload, with hostile data."""

import json

import pytest

from khue.domains.prototypes.tests.tools import page, tool

pytestmark = pytest.mark.browser
FORM = """<k-form list="people" button="Thêm"><k-field label="Họ và tên" name="who" required></k-field>
<k-field label="Số căn cước" name="id" type="cccd"></k-field></k-form>
<k-count list="people" label="Tổng số"></k-count><k-table list="people" columns="who|id" title="Danh sách"></k-table>"""


@pytest.fixture
def tab(chromium):
    with chromium.tab(width=390) as opened:
        yield opened


def type_(tab, label, text):
    tab.ask(
        f"""(() => {{
          const input = document.querySelector('k-field[label="{label}"]').parts.input;
          input.value = {json.dumps(text)};
          input.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})()"""
    )


def sent(tab):
    tab.ask("document.querySelector('button[type=submit]').click()")


def test_a_mistake_is_said_beside_its_field_which_gets_the_focus(tab):
    tab.open(page(FORM))
    type_(tab, "Họ và tên", "An")
    type_(tab, "Số căn cước", "123")
    sent(tab)
    wrong = "document.querySelector('[aria-invalid=true]')"
    assert "12 chữ số" in tab.ask(f"document.getElementById({wrong}.getAttribute('aria-describedby')).textContent")
    assert tab.ask(f"document.activeElement === {wrong}")
    assert tab.ask("document.querySelector('k-count output').textContent") == "0"


def test_what_was_entered_is_there_after_a_reload(tab):
    for _ in range(2):
        tab.open(page(FORM))
        type_(tab, "Họ và tên", "Bình")
        sent(tab)
    assert tab.ask("document.querySelector('k-count output').textContent") == "2"


def test_a_browser_without_storage_says_so_and_works(tab):
    tab.before("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied') } })")
    tab.open(page(FORM))
    type_(tab, "Họ và tên", "Chi")
    sent(tab)
    assert tab.ask("document.querySelector('k-count output').textContent") == "1"
    assert "đến khi đóng trang" in tab.ask("document.body.innerText")
    assert tab.faults == []


def test_the_studio_can_keep_what_is_entered(tab):
    held = "{ 'rows:people': [{ id: 1, who: 'An' }] }"
    tab.before(f"window.khueStore = {{ load: async () => ({held}), save: (all) => (window.kept = all) }}")
    tab.open(page(FORM))
    assert tab.ask("document.querySelector('k-count output').textContent") == "1"
    type_(tab, "Họ và tên", "Bình")
    sent(tab)
    assert tab.ask("kept['rows:people'].map((row) => row.who)") == ["An", "Bình"]


def test_hostile_data_stay_text(tab):
    hostile = "<img src=x onerror=alert(1)>"
    tab.open(page(FORM))
    type_(tab, "Họ và tên", hostile)
    sent(tab)
    assert hostile in tab.ask("document.querySelector('k-table tbody').textContent")
    assert tab.ask("document.querySelectorAll('k-table img').length") == 0


def test_a_formula_that_names_nothing_says_so_in_its_place(tab):
    tab.open(page('<k-calc label="Phí" formula="copies * 2"></k-calc>'))
    assert tab.ask("document.querySelector('output').textContent") == "Công thức chưa tính được: không có mục “copies”"


def test_steps_show_one_after_another(tab):
    first = '<section title="A"><k-field label="Tên" required></k-field></section>'
    tab.open(page(f'<k-steps>{first}<section title="B"><p>b</p></section></k-steps>'))
    shown = "[...document.querySelectorAll('section')].map((one) => one.checkVisibility())"
    tab.ask("document.querySelector('.k-main').click()")
    assert tab.ask(shown) == [True, False]
    type_(tab, "Tên", "An")
    tab.ask("document.querySelector('.k-main').click()")
    assert tab.ask(shown) == [False, True]


def test_a_tool_is_used_by_keyboard_alone(tab):
    tab.open(tool("fee-calculator"))
    tab.ask("document.querySelector('input').focus(), document.querySelector('input').select()")
    tab.type("3")
    tab.press("Tab")
    tab.press(" ")
    assert tab.ask("document.querySelector('.k-total output').textContent") == "48.000\u00a0₫"


def test_it_prints_on_one_page_without_buttons(chromium):
    with chromium.tab(paper=True) as tab:
        tab.open(tool("receipt-printer"))
        assert tab.ask("[...document.querySelectorAll('button')].some((one) => one.checkVisibility())") is False
        assert tab.pdf().count(b"/Type /Page\n") + tab.pdf().count(b"/Type /Page ") == 1


def test_a_table_takes_back_the_csv_that_it_saved(tab):
    tab.open(page(FORM.replace("who|id", "Họ và tên|Số căn cước")))
    tab.ask(
        """(async () => {
          const file = new DataTransfer();
          file.items.add(new File(["Họ và tên,Số căn cước\\nAn,048190000123\\nBình,\\n"], "a.csv"));
          const input = document.querySelector("k-table input[type=file]");
          input.files = file.files;
          input.dispatchEvent(new Event("change"));
          await new Promise((done) => setTimeout(done, 100));
        })()"""
    )
    assert tab.ask("document.querySelector('k-count output').textContent") == "2"
    assert "An" in tab.ask("document.querySelector('k-table tbody').textContent")


def test_all_that_was_entered_can_be_removed_from_a_shared_machine(tab):
    tab.open(page(FORM))
    type_(tab, "Họ và tên", "Chi")
    sent(tab)
    for _ in range(2):  # the second press means it
        assert tab.ask("document.querySelector('k-count output').textContent") == "1"
        tab.ask("document.querySelector('.k-place button').click()")
    assert tab.ask("document.querySelector('k-count output').textContent") == "0"
    assert "Chi" not in tab.ask("JSON.stringify(localStorage)")


def test_a_button_changes_a_number_and_starting_again_sets_it_back(chromium):
    body = (
        '<k-sheet><k-press label="Vào" sets="dem" formula="dem + 1"></k-press>'
        '<k-calc label="Số người" formula="dem * 2"></k-calc></k-sheet>'
    )
    with chromium.tab(width=390) as tab:
        tab.open(page(body, language="vi"))
        click = "[...document.querySelectorAll('button')].find((one) => one.textContent === '{}').click()"
        tab.ask(click.format("Vào") + ", " + click.format("Vào"))
        shown = "new Promise((done) => setTimeout(() => done(document.querySelector('output').textContent), 50))"
        assert tab.ask(shown) == "4"
        tab.ask(click.format("Làm lại từ đầu"))
        assert tab.ask(shown) == "0"
