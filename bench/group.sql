-- What the benchmarks ask of DuckDB: per school x subject x grade the number of results, sum, mean, share of the mark 2,
-- quality, mean of the region, deviation from it and percent rank over all schools.
--
-- {protocols} and {schools} are table functions over the same files that the program reads, {region} an expression over
-- the register of schools. Absent pupils have neither score nor mark and count nowhere.
CREATE OR REPLACE TEMP TABLE cells AS
WITH counts AS (
    SELECT school_id, subject, grade,
           count(*) AS n, sum(score) AS sum_score,
           count(*) FILTER (mark = 2) AS n2, count(*) FILTER (mark >= 4) AS q45
    FROM {protocols}
    WHERE score IS NOT NULL OR mark IS NOT NULL
    GROUP BY school_id, subject, grade
), placed AS (
    SELECT counts.*, {region} AS region
    FROM counts JOIN {schools} AS schools ON counts.school_id = schools.school_id
), regions AS (
    SELECT region, subject, grade, sum(sum_score) / sum(n) AS region_mean
    FROM placed GROUP BY region, subject, grade
)
SELECT placed.*, sum_score / n AS mean, n2 / n AS share_of_two, q45 / n AS quality,
       region_mean, sum_score / n - region_mean AS deviation,
       percent_rank() OVER (PARTITION BY subject, grade ORDER BY sum_score / n) AS percent_rank
FROM placed JOIN regions USING (region, subject, grade);
SELECT count(*) AS cells, sum(n) AS results, avg(percent_rank) AS mean_rank FROM cells;
