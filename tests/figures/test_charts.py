"""Where the marks of a chart stand: at nothing, at one, and in proportion."""

from __future__ import annotations

import pytest

from grants.figures.charts import HEIGHT, WIDTH, bars, line


def test_a_bar_is_as_long_as_its_part_of_the_longest():
    long, half, none = bars([("a", 10, "10"), ("b", 5, "5"), ("c", 0, "0")]).bars
    assert half.width == pytest.approx(long.width / 2) and none.width == 0 and long.end < WIDTH


def test_nothing_to_show_is_drawn_without_dividing_by_it():
    assert bars([]).bars == () and bars([("a", 0, "-")]).bars[0].width == 0
    assert line([]).points == () and line([("januari", 0)], 0).points[0].y == line([("januari", 0)]).points[0].y


def test_a_line_climbs_with_its_values_and_stays_in_the_picture():
    found = line([("januari", 1), ("februari", 3), ("maart", 26)], target=30)
    assert [point.y for point in found.points] == sorted((point.y for point in found.points), reverse=True)
    assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in found.points)
    assert found.target_y < found.points[-1].y and found.ticks[-1][1] == "40"
