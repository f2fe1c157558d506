"""More than two hundred ways to do more than read. Each is tried on the check, and on the engine without the check."""

from collections.abc import Iterator

WRITES = """
INSERT INTO ho_so VALUES (1)
INSERT INTO ho_so SELECT * FROM ho_so
UPDATE ho_so SET nam = 1
DELETE FROM ho_so
TRUNCATE ho_so
DROP TABLE ho_so
DROP VIEW ho_so
ALTER TABLE ho_so ADD COLUMN x INT
CREATE TABLE x AS SELECT 1
CREATE TEMP TABLE x (a INT)
CREATE VIEW x AS SELECT 1
CREATE OR REPLACE VIEW ho_so AS SELECT 1
CREATE MACRO f(a) AS a + 1
CREATE SCHEMA x
CREATE SEQUENCE s
CREATE TYPE t AS ENUM ('a')
CREATE INDEX i ON ho_so (nam)
CREATE SECRET s (TYPE s3)
MERGE INTO ho_so USING ho_so x ON false WHEN MATCHED THEN DELETE
SELECT * INTO x FROM ho_so
COMMENT ON TABLE ho_so IS 'x'
VACUUM
ANALYZE
CHECKPOINT
FORCE CHECKPOINT
BEGIN
COMMIT
ROLLBACK
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
USE memory
CALL pragma_version()
LOAD httpfs
INSTALL httpfs
INSTALL spatial FROM community
UPDATE EXTENSIONS
ATTACH '/tmp/x.db'
ATTACH '/tmp/x.db' AS x (READ_ONLY)
ATTACH 'postgres:dbname=x' AS p (TYPE postgres)
ATTACH 'https://example.org/x.duckdb' AS x
DETACH memory
COPY ho_so TO '/tmp/x.csv'
COPY (SELECT * FROM ho_so) TO '/tmp/x.parquet'
COPY ho_so FROM '/etc/passwd'
COPY (SELECT 1) TO 's3://bucket/x'
COPY ho_so TO PROGRAM 'sh'
EXPORT DATABASE '/tmp/x'
IMPORT DATABASE '/tmp/x'
PRAGMA database_list
PRAGMA table_info('ho_so')
PRAGMA enable_profiling
PRAGMA threads=8
PRAGMA show_tables
SET threads = 8
SET GLOBAL enable_external_access = true
SET enable_external_access = true
SET lock_configuration = false
SET allowed_paths = ['/']
SET temp_directory = '/tmp'
SET home_directory = '/root'
SET custom_extension_repository = 'https://example.org'
RESET enable_external_access
SET VARIABLE x = 1
EXPLAIN ANALYZE SELECT 1
DESCRIBE ho_so
SUMMARIZE ho_so
SHOW TABLES
SHOW ALL TABLES
""".strip().splitlines()

FUNCTIONS = """
read_csv('/etc/passwd')
read_csv_auto('/etc/passwd')
read_csv('https://example.org/x.csv')
read_parquet('/etc/passwd')
read_parquet('s3://bucket/x.parquet')
read_parquet(['/tmp/a', '/tmp/b'])
read_json('/etc/passwd')
read_json_auto('http://169.254.169.254/latest')
read_json_objects('/etc/passwd')
read_ndjson('/etc/passwd')
read_text('/etc/passwd')
read_text('/proc/self/environ')
read_blob('/etc/shadow')
read_blob('/proc/self/maps')
read_xlsx('/tmp/x.xlsx')
parquet_scan('/etc/passwd')
parquet_metadata('/etc/passwd')
parquet_schema('/etc/passwd')
parquet_file_metadata('/etc/passwd')
parquet_kv_metadata('/etc/passwd')
sniff_csv('/etc/passwd')
glob('/*')
glob('/root/**')
sqlite_scan('/tmp/x.db', 't')
postgres_scan('host=localhost', 'public', 't')
postgres_query('x', 'DROP TABLE t')
mysql_scan('host=localhost', 'x', 't')
iceberg_scan('/tmp/x')
delta_scan('/tmp/x')
duckdb_settings()
duckdb_extensions()
duckdb_tables()
duckdb_databases()
duckdb_functions()
duckdb_secrets()
duckdb_temporary_files()
duckdb_memory()
duckdb_logs()
pragma_version()
pragma_database_size()
pragma_table_info('ho_so')
pragma_storage_info('ho_so')
pragma_platform()
query('SELECT 1')
query('DROP TABLE ho_so')
query_table('ho_so')
query_table(['ho_so'])
range(100000000000)
generate_series(1, 100000000000)
repeat_row(1, num_rows = 1000000000)
unnest(range(1000000000))
json_execute_serialized_sql('{}')
from_substrait('x')
arrow_scan(1, 2, 3)
pandas_scan(1)
python_map_function()
seq_scan('ho_so')
test_all_types()
summary('ho_so')
checkpoint()
force_checkpoint()
which_secret('x', 's3')
shapefile_meta('/tmp/x')
st_read('/tmp/x')
load_aws_credentials()
""".strip().splitlines()

SCALARS = """
getenv('HOME')
getvariable('x')
current_setting('home_directory')
current_setting('s3_secret_access_key')
current_database()
current_schema()
current_schemas(true)
current_user
current_query()
session_user
user
version()
txid_current()
nextval('s')
currval('s')
set_bit(1, 2, 3)
write_log('x')
parse_path('/etc/passwd')
in_search_path('a', 'b')
pg_get_viewdef(1)
add_parquet_key('a', 'b')
error('x')
sleep_ms(100000)
http_get('https://example.org')
http_post('https://example.org', 'x', 'y')
shellfs('ls')
system('ls')
load_extension('x')
lo_import('/etc/passwd')
pg_read_file('/etc/passwd')
dblink('x', 'SELECT 1')
xp_cmdshell('dir')
LOAD_FILE('/etc/passwd')
sys_exec('ls')
random()
setseed(0.5)
uuid()
gen_random_uuid()
json_serialize_sql('SELECT 1')
getvariable('a') || getvariable('b')
""".strip().splitlines()

SOURCES = """
'/etc/passwd'
'/tmp/x.csv'
"/etc/passwd"
'https://example.org/x.csv'
's3://bucket/x.parquet'
'data.parquet'
'../secrets.csv'
information_schema.tables
information_schema.columns
pg_catalog.pg_tables
pg_tables
sqlite_master
duckdb_tables
main.ho_so
memory.main.ho_so
temp.information_schema.tables
system.main.duckdb_settings
people_person
khue.gateway_content
ho_so_khac
""".strip().splitlines()

TRICKS = (
    "SELECT 1; DROP TABLE ho_so",
    "SELECT 1;;SELECT 2",
    "SELECT nam FROM ho_so; -- x\nDROP TABLE ho_so",
    "SELECT nam FROM ho_so /* ; */ ; DELETE FROM ho_so",
    "/* SELECT 1 */ DROP TABLE ho_so",
    "--\nDROP TABLE ho_so",
    "/*! DROP TABLE ho_so */",
    "SELECT/**/*/**/FROM/**/read_csv('/etc/passwd')",
    "SELECT * FROM/* ho_so */'/etc/passwd'",
    "SELECT nam FROM ho_so UNION SELECT content FROM read_text('/etc/passwd')",
    "SELECT nam FROM ho_so WHERE nam = (SELECT count(*) FROM read_blob('/etc/passwd'))",
    "SELECT (SELECT content FROM read_text('/etc/passwd'))",
    "WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM x",
    "WITH x AS (DELETE FROM ho_so RETURNING *) SELECT * FROM x",
    "WITH RECURSIVE x AS (SELECT 1 n UNION ALL SELECT n + 1 FROM x) SELECT count(*) FROM x",
    "WITH ho_so AS (SELECT * FROM '/etc/passwd') SELECT * FROM ho_so",
    "SELECT * FROM ho_so, LATERAL (SELECT * FROM glob('/*'))",
    "SELECT * FROM ho_so JOIN read_text('/etc/passwd') ON true",
    "SELECT * FROM (FROM read_text('/etc/passwd'))",
    "FROM read_text('/etc/passwd')",
    "FROM '/etc/passwd' SELECT *",
    "TABLE '/etc/passwd'",
    "PIVOT '/etc/passwd' ON a",
    "VALUES (getenv('HOME'))",
    "SELECT COLUMNS(*) FROM read_text('/etc/passwd')",
    "SELECT nam FROM ho_so\u037e DROP TABLE ho_so",
    "SELECT nam FROM ho_so\uff1b DROP TABLE ho_so",
    "SELECT\u200bnam FROM ho_so",
    "SELECT nam FROM ho_so\u202e--",
    "SELECT nam\u0000 FROM ho_so",
    "SELECT nam FROM \u2068ho_so\u2069",
    "\ufeffDROP TABLE ho_so",
    "ＳＥＬＥＣＴ * FROM read_csv('/etc/passwd')",
    "SELECT * FROM ｒead_csv('/etc/passwd')",
    "SELECT * FROM \"read_csv\"('/etc/passwd')",
    "SELECT * FROM read_csv\u00a0('/etc/passwd')",
    "SELECT $$x$$; DROP TABLE ho_so",
    "SELECT E'\\'; DROP TABLE ho_so; --'",
    "SELECT 'a' FROM ho_so WHERE 'x' = ''; DELETE FROM ho_so; --'",
    "EXPLAIN SELECT * FROM read_text('/etc/passwd')",
    "SELECT nam FROM ho_so WHERE nam IN (SELECT size FROM read_blob('/etc/*'))",
    "SELECT list_transform([1], x -> getenv('HOME'))",
    "SELECT nam FROM ho_so ORDER BY (SELECT content FROM read_text('/etc/passwd'))",
    "SELECT nam FROM ho_so QUALIFY getenv('HOME') = 'x'",
    "SELECT nam FROM ho_so AT (VERSION => 1) JOIN glob('/*') ON true",
    "SELECT * FROM ho_so TABLESAMPLE 1% UNION ALL FROM duckdb_settings()",
    "SELECT ?",
    "SELECT $1",
    "SELECT * FROM query_table($$/etc/passwd$$)",
    "SELECT ho_ten FROM ho_so",
    "SELECT * FROM ho_so WHERE ho_ten = 'Nguyễn Văn An'",
    "SELECT count(*) FROM ho_so WHERE ho_ten LIKE 'Nguyễn%'",
    "SELECT min(ho_ten) FROM ho_so",
    "SELECT string_agg(ho_ten, ',') FROM ho_so",
    "SELECT left(ho_ten, 50) AS x FROM ho_so",
    "SELECT x FROM (SELECT ho_ten AS x FROM ho_so)",
    "SELECT nam FROM ho_so ORDER BY ho_ten",
    "SELECT " + "(" * 3000 + "1" + ")" * 3000,
    "SELECT '" + "x" * 9000 + "'",
)


def attempts() -> Iterator[str]:
    yield from WRITES
    yield from (f"SELECT * FROM {one}" for one in FUNCTIONS)
    yield from (f"SELECT {one} FROM ho_so" for one in SCALARS)
    yield from (f"SELECT * FROM {one}" for one in SOURCES)
    yield from TRICKS
