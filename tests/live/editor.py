"""Label Studio's editor as a reviewer uses it: mouse and keys only, on words of the article."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.review.server import LabelStudioServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SIZE = {"width": 1600, "height": 1000}
SUBMITTED = re.compile(r"/api/tasks/\d+/annotations/?(\?|$)")
PATIENCE = 60_000.0  # milliseconds

# Where words stand on the page: the first and the last of their characters, brought into view.
PLACE = """([words, nth]) => {
  const root = document.querySelector('.lsf-htx-richtext');
  const nodes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = ''; walker.nextNode(); text += walker.currentNode.data) {
    nodes.push({node: walker.currentNode, start: text.length});
  }
  const text = nodes.map(item => item.node.data).join('');
  words = words.replaceAll('\\n', '');  // each line is an element of its own
  let start = -1;
  for (let i = 0; i <= nth; i++) start = text.indexOf(words, start + 1);
  if (start < 0) throw Error('not on the page: ' + words);
  const box = at => {
    const {node, start} = nodes.findLast(item => item.start <= at);
    const range = document.createRange();
    range.setStart(node, at - start);
    range.setEnd(node, at - start + 1);
    return range;
  };
  const end = start + words.length - 1;
  box(start).startContainer.parentElement.scrollIntoView({block: 'center'});
  const [first, last] = [box(start).getBoundingClientRect(), box(end).getBoundingClientRect()];
  return [first.left, first.top, first.bottom, last.right, last.top, last.bottom];
}"""


class Place(NamedTuple):
    """Where words begin and end on the screen, at half the height of their lines."""

    left: float
    first: float
    right: float
    last: float


class Editor:
    """A logged-in browser with one article open; `errors` and `requests` are what the page did meanwhile."""

    def __init__(self, context: "BrowserContext", studio: LabelStudioServer) -> None:
        self.studio = studio
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_viewport_size(SIZE)  # type: ignore[arg-type]
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{studio.url}/user/login/")
        self.page.fill("input[name=email]", studio.username)
        self.page.fill("input[name=password]", studio.password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/user/login" not in url)

    def open(self, project: int, task: int) -> None:
        """Open an article, and wait until its draft is drawn."""
        self.page.goto(f"{self.studio.url}/projects/{project}/data?task={task}")
        self.page.wait_for_selector(".lsf-htx-richtext")
        self.wait("window.Htx?.annotationStore?.selected?.userGenerate === true")
        self.page.wait_for_load_state("networkidle")

    def wait(self, condition: str, argument: Any = None) -> None:
        """Wait until a condition of the page holds."""
        self.page.wait_for_function(condition, arg=argument)

    def place(self, words: str, nth: int = 0) -> Place:
        """Bring words into view, and say where they are."""
        left, top, bottom, right, last_top, last_bottom = self.page.evaluate(PLACE, [words, nth])
        return Place(left, (top + bottom) / 2, right, (last_top + last_bottom) / 2)

    def regions(self) -> int:
        """How many regions there are."""
        return int(self.page.evaluate("Htx.annotationStore.selected.regions.length"))

    def select(self, words: str, nth: int = 0) -> None:
        """Select the region that has exactly these words, by a click on the first of them."""
        self.page.keyboard.press("Escape")
        at = self.place(words, nth)
        self.page.mouse.click(at.left + 4, at.first)
        self.wait("words => Htx.annotationStore.selected.selectedRegions[0]?.text === words", words)

    def mark(self, key: str, words: str, nth: int = 0) -> None:
        """Draw a region: the hotkey of its label, then the words are marked with the mouse."""
        before = self.regions()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press(key)
        at = self.place(words, nth)
        self._drag((at.left + 1, at.first), (at.right - 1, at.last))
        self.wait("count => Htx.annotationStore.selected.regions.length === count", before + 1)
        self.page.keyboard.press("Escape")

    def resize(self, words: str, to: str) -> None:
        """Drag the handle at the end of a region to the end of the words that it shall have."""
        self.select(words)
        at, end = self.place(words), self.place(to)
        handles = [box for area in self.page.locator(".htx-highlight area").all() if (box := area.bounding_box())]
        handle = min(handles, key=lambda box: abs(box["x"] - at.right) + abs(box["y"] - at.last))
        start = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        self._drag(start, (end.right - 1, end.last))
        self.wait("words => Htx.annotationStore.selected.regions.some(r => r.text === words)", to)

    def press(self, key: str, answer: str) -> None:
        """Choose an answer for the selected region by its hotkey."""
        self.page.keyboard.press(key)
        self.page.wait_for_selector(f".attr-side input[name='{answer}']:checked:visible", state="attached")

    def press_article(self, key: str, answer: str) -> None:
        """Choose an answer about the article by its hotkey."""
        self.page.keyboard.press("Escape")
        self.press(key, answer)

    def name(self, name: str) -> None:
        """Type the name of the selected source, which has none yet."""
        field = self.page.locator(".attr-side input[name=source_name]:visible")
        field.fill(name)
        field.press("Enter")
        self.page.wait_for_selector(f"[data-testid=htx-textbox-content]:visible :text-is('{name}')")

    def rename(self, name: str) -> None:
        """Edit the name of the selected source."""
        self.page.locator("[data-testid=htx-textbox-edit-button]:visible").first.click()
        field = self.page.locator("[data-testid=textarea-region] :is(input, textarea):visible").first
        field.fill(name)
        field.press("Enter")
        self.page.wait_for_selector(f"[data-testid=htx-textbox-content]:visible :text-is('{name}')")

    def relate(self, start: str, end: str, label: str) -> None:
        """Join two regions and choose the label of the arrow."""
        before = int(self.page.evaluate("Htx.annotationStore.selected.relationStore.relations.length"))
        self.select(start)
        self.page.keyboard.press("Alt+r")
        at = self.place(end)
        self.page.mouse.click(at.left + 4, at.first)
        self.wait("count => Htx.annotationStore.selected.relationStore.relations.length === count", before + 1)
        self.page.keyboard.press("Escape")
        self.page.locator('.lsf-tabs__tab:has-text("Relations"), [class*=tab]:text-is("Relations")').first.click()
        item = self.page.locator(".lsf-relations__item").last
        item.hover()
        item.get_by_label("Show Relation Labels").click()
        self.page.locator("[data-testid^=select-trigger-]:visible").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        self.wait(
            "label => Htx.annotationStore.selected.relationStore.relations.at(-1).selectedValues?.includes(label)",
            label,
        )
        self.page.keyboard.press("Escape")

    def delete(self, words: str) -> None:
        """Delete a region with the key for it."""
        before = self.regions()
        self.select(words)
        self.page.keyboard.press("Backspace")
        self.wait("count => Htx.annotationStore.selected.regions.length === count", before - 1)

    def submit(self, *, by_key: bool = False) -> None:
        """Submit by the button or by its key, and wait until the server has it."""
        with self.page.expect_response(SUBMITTED):
            if by_key:
                self.page.keyboard.press("Control+Enter")
            else:
                self.page.get_by_test_id("bottombar-submit-button").click()

    def _drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=8)
        self.page.mouse.up()
