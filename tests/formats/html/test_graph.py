"""The drawing of the chains: boxes in layers, none on another."""

import pytest

from annotator.labels import LinkBasis
from tests.formats.html.page import chained, has, page


def test_an_inherited_link_is_set_apart() -> None:
    record = chained("Rain fell.", ("Aide (anonymous)", "Wire"))
    chain = record.claims[0].chain
    inherited = (chain[0], chain[1].model_copy(update={"basis": LinkBasis.INHERITED}), chain[2])
    claim = record.claims[0].model_copy(update={"chain": inherited})
    made = page(record.model_copy(update={"claims": (claim,)}))
    assert made.texts(f"//li[{has('inherited')}]/span[{has('step')}]/a") == ["Wire"]
    assert len(made.all(f"//*[{has('edge')} and {has('inherited')}]")) == 1


def test_an_anonymous_source_is_drawn_with_a_broken_frame() -> None:
    made = page(chained("Rain fell.", ("Aide (anonymous)", "Wire"), ("Mayor",)))
    frames = made.all(f"//svg//rect[{has('dashed')}]")
    assert [frame.getparent().xpath("string(title)") for frame in frames] == ["Aide (anonymous): origin of 1"]


@pytest.mark.parametrize("count", [1, 2, 40])
def test_boxes_of_the_drawing_never_overlap_and_lie_inside_it(count: int) -> None:
    ways = [
        (f"Origin {n}" + " long" * n, *(("Wire",) if n % 3 else ()), *(("Agency",) if n % 2 else ()))
        for n in range(count)
    ]
    made = page(chained("Rain fell.", *ways))
    width, height = (float(made.all("//svg")[0].get(side)) for side in ("width", "height"))
    boxes = [tuple(float(rect.get(k)) for k in ("x", "y", "width", "height")) for rect in made.all("//svg//rect")]
    assert len(boxes) >= count + 1
    for n, (x, y, w, h) in enumerate(boxes):
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
        for x2, y2, w2, h2 in boxes[:n]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_origins_stand_left_reporters_between_and_the_publisher_right() -> None:
    made = page(chained("Rain fell.", ("Aide", "Memo", "Wire"), ("Mayor",), ("Wire",)))
    boxes = {a.xpath("string(title)").split(":")[0]: float(a.xpath(".//rect/@x")[0]) for a in made.all("//svg/a")}
    assert boxes["Aide"] == boxes["Mayor"] < boxes["Memo"] < boxes["Wire"] < boxes["Daily Example"]


def test_a_circle_of_reporters_is_drawn_too() -> None:
    made = page(chained("Rain fell.", ("Aide", "Wire", "Agency"), ("Aide", "Agency", "Wire"), ("Wire", "Wire")))
    assert len(made.all("//svg//rect")) == 4
