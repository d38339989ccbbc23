"""What a summary asks the tables of a run, in SQL, and the views that it asks.

`stored_claims` and `stored_sources` are the run's files as they are.
"""

from annotator.records import UNKNOWN_PUBLISHER

FEW_MONTHS = 2  # with dates in no more than these, days are told apart

VIEWS = f"""
    CREATE VIEW dated AS SELECT *, CASE WHEN regexp_matches(published, '^[0-9]{{4}}-[0-9]{{2}}(-[0-9]{{2}}|$)')
        THEN published END AS day FROM stored_claims;
    CREATE VIEW claims AS SELECT * EXCLUDE (publisher), coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher,
        attribution <> 'unattributed' AS attributed, NOT anonymous AND source_type <> 'unspecified' AS named,
        substr(day, 1, (SELECT if(count(DISTINCT substr(day, 1, 7)) > {FEW_MONTHS}, 7, 10) FROM dated)) AS period
        FROM dated;
    CREATE VIEW articles AS SELECT DISTINCT coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher, article_id
        FROM (SELECT publisher, article_id FROM stored_claims UNION ALL
              SELECT publisher, article_id FROM stored_sources)
"""

_SHARES = """
    count(*) AS claims,
    count(*) FILTER (attributed) AS attributed,
    count(*) FILTER (quote_type = 'direct') AS direct,
    count(*) FILTER (quote_type = 'mixed') AS mixed,
    count(*) FILTER (quote_type = 'indirect') AS indirect,
    round(count(*) FILTER (attributed AND quote_type = 'direct') / nullif(count(*) FILTER (attributed), 0), 4)
        AS direct_share,
    count(*) FILTER (attributed AND anonymous) AS anonymous,
    round(count(*) FILTER (attributed AND anonymous) / nullif(count(*) FILTER (attributed), 0), 4) AS anonymous_share,
    round(avg(chain_length) FILTER (attributed), 3) AS chain_length,
    round(count(*) FILTER (attributed AND chain_length > 2) / nullif(count(*) FILTER (attributed), 0), 4)
        AS secondhand_share
"""

# Herfindahl-Hirschman index: the sum of the squared shares of the named sources, 1 where one of them says everything.
OUTLETS = f"""
    WITH said AS (
        SELECT publisher, source, count(*) AS n FROM claims WHERE attributed AND named GROUP BY ALL
    ), shares AS (
        SELECT publisher, source, n / sum(n) OVER (PARTITION BY publisher) AS share FROM said
    ), concentrated AS (
        SELECT publisher, count(*) AS sources, round(sum(share * share), 4) AS concentration,
            arg_max(source, (share, source)) AS top_source, round(max(share), 4) AS top_source_share
        FROM shares GROUP BY publisher
    ), published AS (
        SELECT publisher, count(DISTINCT article_id) AS articles FROM articles GROUP BY publisher
    ), told AS (
        SELECT publisher, {_SHARES} FROM claims GROUP BY publisher
    )
    SELECT publisher, articles, told.* EXCLUDE (publisher), coalesce(sources, 0) AS sources, concentration,
        top_source, top_source_share
    FROM published LEFT JOIN told USING (publisher) LEFT JOIN concentrated USING (publisher)
    ORDER BY claims DESC NULLS LAST, publisher
"""

SOURCES = """
    SELECT source, mode(source_type) AS type, mode(affiliation) AS affiliation, anonymous,
        count(DISTINCT publisher) AS outlets, count(DISTINCT article_id) AS articles, count(*) AS claims,
        count(*) FILTER (quote_type = 'direct') AS direct,
        count(*) FILTER (quote_type = 'mixed') AS mixed,
        count(*) FILTER (quote_type = 'indirect') AS indirect,
        round(count(*) FILTER (quote_type = 'direct') / count(*), 4) AS direct_share,
        round(avg(chain_length), 3) AS chain_length
    FROM claims WHERE attributed GROUP BY source, anonymous ORDER BY claims DESC, source, anonymous
"""

OVER_TIME = f"""
    SELECT period, publisher, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period, publisher ORDER BY period, publisher
"""

ALL_OUTLETS_OVER_TIME = f"""
    SELECT period, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period ORDER BY period
"""

TOTAL = f"SELECT (SELECT count(DISTINCT article_id) FROM articles) AS articles, {_SHARES} FROM claims"
CHAINS = "SELECT chain_length AS links, count(*) AS claims FROM claims WHERE attributed GROUP BY ALL ORDER BY links"
UNDATED = "SELECT count(DISTINCT article_id) FROM claims WHERE period IS NULL"
OUTLET_COUNT = "SELECT count(DISTINCT publisher) FROM articles"
SOURCE_COUNT = "SELECT count(DISTINCT (source, anonymous)) FROM claims WHERE attributed"
