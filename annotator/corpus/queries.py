"""What a summary asks the tables of a run, in SQL, and the views that it asks.

`stored_claims` and `stored_sources` are the run's files as they are. `identities` (article_id, source_id, identity) is
a trace's table of who is who, and empty where none was given. `party` is what counts as one source: an identity, else a
name.
"""

from annotator.records import UNKNOWN_PUBLISHER

FEW_MONTHS = 2  # with dates in no more than these, days are told apart

NO_IDENTITIES = "CREATE TABLE identities (article_id VARCHAR, source_id VARCHAR, identity VARCHAR)"
MATCHED = "SELECT count(*) FROM stored_sources JOIN identities USING (article_id, source_id)"

# An identity is called as most of its articles call it, by a name of two words or more where there is one.
VIEWS = f"""
    CREATE VIEW called AS SELECT identity, arg_min(source, (source NOT LIKE '% %', -n, source)) AS called FROM (
        SELECT identity, source, count(*) AS n FROM stored_sources JOIN identities USING (article_id, source_id)
        GROUP BY ALL) GROUP BY identity;
    CREATE VIEW known AS SELECT stored_claims.* EXCLUDE (source), coalesce(called, source) AS source, identity,
        coalesce('=' || identity, source) AS party, source AS name
        FROM stored_claims LEFT JOIN identities USING (article_id, source_id) LEFT JOIN called USING (identity);
    CREATE VIEW dated AS SELECT *, CASE WHEN regexp_matches(published, '^[0-9]{{4}}-[0-9]{{2}}(-[0-9]{{2}}|$)')
        THEN published END AS day FROM known;
    CREATE VIEW claims AS SELECT * EXCLUDE (publisher), coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher,
        attribution <> 'unattributed' AS has_source, NOT anonymous AND source_type <> 'unspecified' AS named,
        substr(day, 1, (SELECT if(count(DISTINCT substr(day, 1, 7)) > {FEW_MONTHS}, 7, 10) FROM dated)) AS period
        FROM dated;
    CREATE VIEW articles AS SELECT DISTINCT coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher, article_id
        FROM (SELECT publisher, article_id FROM stored_claims UNION ALL
              SELECT publisher, article_id FROM stored_sources)
"""

_SHARES = """
    count(*) AS claims,
    count(*) FILTER (has_source) AS attributed,
    count(*) FILTER (quote_type = 'direct') AS direct,
    count(*) FILTER (quote_type = 'mixed') AS mixed,
    count(*) FILTER (quote_type = 'indirect') AS indirect,
    round(count(*) FILTER (has_source AND quote_type = 'direct') / nullif(count(*) FILTER (has_source), 0), 4)
        AS direct_share,
    count(*) FILTER (has_source AND anonymous) AS anonymous,
    round(count(*) FILTER (has_source AND anonymous) / nullif(count(*) FILTER (has_source), 0), 4) AS anonymous_share,
    round(avg(chain_length) FILTER (has_source), 3) AS chain_length,
    round(count(*) FILTER (has_source AND contains(flags, 'secondhand')) / nullif(count(*) FILTER (has_source), 0), 4)
        AS secondhand_share
"""

# Herfindahl-Hirschman index: the sum of the squared shares of the named sources, 1 where one of them says everything.
OUTLETS = f"""
    WITH said AS (
        SELECT publisher, party, any_value(source) AS source, count(*) AS n FROM claims WHERE has_source AND named
        GROUP BY publisher, party
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

_SOURCES = """
    SELECT any_value(source) AS source, mode(source_type) AS type, mode(affiliation) AS affiliation, anonymous,
        count(DISTINCT publisher) AS outlets, count(DISTINCT article_id) AS articles, count(*) AS claims,
        count(*) FILTER (quote_type = 'direct') AS direct,
        count(*) FILTER (quote_type = 'mixed') AS mixed,
        count(*) FILTER (quote_type = 'indirect') AS indirect,
        round(count(*) FILTER (quote_type = 'direct') / count(*), 4) AS direct_share,
        round(avg(chain_length), 3) AS chain_length {more}
    FROM claims WHERE has_source GROUP BY party, anonymous ORDER BY claims DESC, source, anonymous {order}
"""
SOURCES = _SOURCES.format(more="", order="")
SOURCES_BY_IDENTITY = _SOURCES.format(
    more=", any_value(identity) AS identity, string_agg(DISTINCT name, '; ' ORDER BY name) AS names", order=", identity"
)

OVER_TIME = f"""
    SELECT period, publisher, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period, publisher ORDER BY period, publisher
"""

ALL_OUTLETS_OVER_TIME = f"""
    SELECT period, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period ORDER BY period
"""

TOTAL = f"SELECT (SELECT count(DISTINCT article_id) FROM articles) AS articles, {_SHARES} FROM claims"
CHAINS = "SELECT chain_length AS links, count(*) AS claims FROM claims WHERE has_source GROUP BY ALL ORDER BY links"
UNDATED = "SELECT count(DISTINCT article_id) FROM claims WHERE period IS NULL"
OUTLET_COUNT = "SELECT count(DISTINCT publisher) FROM articles"
SOURCE_COUNT = "SELECT count(DISTINCT (party, anonymous)) FROM claims WHERE has_source"
