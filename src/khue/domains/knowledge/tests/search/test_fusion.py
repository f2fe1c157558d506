from khue.domains.knowledge.search.fusion import fuse


def test_words_and_meaning_count_the_same():
    assert fuse({1: 10.0, 2: 0.0}, {1: 0.8, 2: 0.9}, {}) == {1: 0.5, 2: 0.5}


def test_a_clear_lead_in_one_beats_a_short_one_in_the_other():
    words = {1: 20.0, 2: 5.0, 3: 0.0}
    meaning = {1: 0.88, 2: 0.89, 3: 0.80}
    assert list(fuse(words, meaning, {})) == [1, 2, 3]


def test_without_a_vector_the_words_speak_alone():
    scores = fuse({1: 10.0, 2: 5.0, 3: 0.0}, {2: 0.9, 3: 0.8}, {})
    assert scores[1] == 1.0


def test_without_any_vector_the_order_is_that_of_the_words():
    assert list(fuse({1: 1.0, 2: 3.0, 3: 2.0}, {}, {})) == [2, 3, 1]


def test_what_is_named_comes_first():
    assert next(iter(fuse({1: 10.0, 2: 1.0}, {1: 0.9, 2: 0.7}, {2: 2.0}))) == 2


def test_nothing_found_is_nothing():
    assert fuse({}, {}, {}) == {}
