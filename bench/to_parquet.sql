-- Makes the Parquet file of the same rows that bench/group.sql also reads; not timed.
COPY (SELECT * FROM {protocols}) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd);
