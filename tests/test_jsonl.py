from hypothesis import given

from tests.factory import harbour_record, records


def test_h():
    assert harbour_record().claims


@given(records())
def test_r(r):
    assert r.tool
