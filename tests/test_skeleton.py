import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_18_with_vectors():
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        assert cursor.fetchone()[0].startswith("18")
