import numpy as np
import pytest

from khue.domains.academy.quizzing.distributions import t_below, t_quantile
from khue.domains.academy.quizzing.effects import change, d_z
from khue.domains.academy.quizzing.statistics import Verdict, alpha, correlation, item_figures, option_figures


@pytest.mark.parametrize(
    ("p", "degrees", "value"),
    # tables of Student's t
    [
        (0.975, 1, 12.7062),
        (0.975, 4, 2.7764),
        (0.975, 10, 2.2281),
        (0.975, 30, 2.0423),
        (0.95, 20, 1.7247),
        (0.995, 64, 2.6549),
    ],
)
def test_quantiles_of_t_are_those_of_the_tables(p, degrees, value):
    assert t_quantile(p, degrees) == pytest.approx(value, abs=5e-5)
    assert t_below(value, degrees) == pytest.approx(p, abs=1e-5)
    assert t_below(-value, degrees) == pytest.approx(1 - p, abs=1e-5)


def test_the_paired_change_of_a_worked_example():
    # ten pairs with differences of mean 1.2 and standard deviation 0.91893658
    before, after = [2, 3, 2, 4, 3, 2, 3, 1, 2, 3], [3, 5, 4, 4, 4, 3, 3, 3, 4, 4]
    found = change(before, after)
    assert found.difference == pytest.approx(1.2)
    # t(0.975; 9) = 2.26216; 2.26216 × 0.7888106 / √10
    sd = np.std(np.subtract(after, before), ddof=1)
    assert (found.difference_within.high - found.difference_within.low) / 2 == pytest.approx(
        2.262157 * sd / 10**0.5, rel=1e-5
    )
    spread = (np.std(before, ddof=1) + np.std(after, ddof=1)) / 2
    assert found.effect == pytest.approx(1.2 / spread * (1 - 3 / 35))
    assert found.effect_within.low < found.effect < found.effect_within.high
    assert found.difference_within.excludes_zero
    assert d_z(np.array(before), np.array(after)) == pytest.approx(1.2 / sd)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    chance = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        before = chance.normal(3, 1, 40)
        found = change(before, before + chance.normal(0.5, 0.8, 40))
        covered += found.difference_within.low <= 0.5 <= found.difference_within.high
    assert 0.91 <= covered / 300 <= 0.985


def test_too_few_pairs_or_no_spread_give_no_figure():
    assert change([1, 2], [2, 3]) is None
    assert change([3, 3, 3], [4, 4, 4]).effect is None


def test_alpha_of_a_worked_example():
    rows = [(1, 1, 1), (1, 1, 0), (0, 0, 0), (1, 0, 1), (0, 0, 0)]
    # item variances 0.3, 0.3, 0.3; variance of the totals 1.8
    assert alpha(rows) == pytest.approx(3 / 2 * (1 - 0.9 / 1.8))
    assert alpha([(1, 1), (1, 1)]) is None and alpha([(1,), (0,)]) is None


def test_point_biserial_is_pearson():
    assert correlation([0, 0, 1, 1], [1, 2, 3, 4]) == pytest.approx(0.894427, abs=1e-6)
    assert correlation([1, 1, 1], [1, 2, 3]) is None


def test_an_item_is_correlated_with_the_rest_and_not_with_itself():
    rows = [(1, 1, 0), (1, 1, 1), (0, 0, 1), (0, 0, 0)] * 3
    first, _, third = item_figures(rows, [1, 1, 1])
    rest = [(row[1] + row[2]) / 2 for row in rows]
    assert first.discrimination == pytest.approx(correlation([row[0] for row in rows], rest))
    assert first.difficulty == 0.5 and third.discrimination == pytest.approx(0)


def test_verdicts():
    able = [1] * 10 + [0] * 10
    rows = [(x, x, 1 - x, 1, None) for x in able]
    verdicts = [found.verdict for found in item_figures(rows, [3, 3, 1, 1, 1])]
    assert verdicts == [Verdict.GOOD, Verdict.GOOD, Verdict.REVERSED, Verdict.TOO_EASY, Verdict.TOO_FEW]


def test_points_weigh_the_rest():
    rows = [(1, 0, 1), (0, 1, 0)] * 5
    heavy_second = item_figures(rows, [1, 10, 1])[0].discrimination
    assert heavy_second == pytest.approx(-1)


def test_distractors_among_the_best_and_the_weakest():
    chosen = [(["a"], 1.0)] * 10 + [(["b"], 0.2)] * 10
    a, b, c = option_figures(chosen, ["a", "b", "c"])
    assert (a.chosen, a.share, a.upper, a.lower) == (10, 0.5, 1, 0)
    assert (b.upper, b.lower) == (0, 1) and c.chosen == 0
    assert option_figures(chosen[:5], ["a"])[0].upper is None
