"""PostgreSQL's own full-text ranking: any word of the question, `ts_rank_cd` with its length normalisation."""

import re
from collections.abc import Callable, Sequence


def ranker(passages: Sequence[str], depth: int) -> Callable[[str], list[int]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("drop table if exists bench_text")
        cursor.execute("create temporary table bench_text (place int, words tsvector)")
        cursor.executemany("insert into bench_text values (%s, to_tsvector('simple', %s))", list(enumerate(passages)))
        cursor.execute("create index on bench_text using gin (words)")

    def rank(question: str) -> list[int]:
        words = " | ".join(re.findall(r"\w+", question))
        with connection.cursor() as cursor:
            cursor.execute(
                """select place from bench_text, to_tsquery('simple', %s) wanted where words @@ wanted
                   order by ts_rank_cd(words, wanted, 1) desc, place limit %s""",
                [words, depth],
            )
            return [place for (place,) in cursor.fetchall()]

    return rank
