"""The pages of the site, one module a family, loaded by ``plugins/quotes_site.py``.

Only Datasette, Jinja and the standard library are imported here: a published copy runs without ``quotes``.
"""

from .article import article_page
from .canned import CANNED_QUERIES
from .database import find_database
from .dictionary import metadata
from .export import search_csv, search_json
from .failure import explain_failure
from .home import home_page
from .outlet import outlet_page, outlets_page, verb_page, verbs_page
from .quotation import quotation_page
from .render import prepare_templates
from .results import search_page
from .review import review_page
from .schema import queries_page, schema_page
from .speaker import names_json, speaker_page, speakers_page
from .static import static_file
from .voice import voice_page

ROUTES = [
    (r"/static/(?P<name>[\w.-]+)$", static_file),
    (r"/$", home_page),
    (r"/recherche$", search_page),
    (r"/recherche\.csv$", search_csv),
    (r"/recherche\.json$", search_json),
    (r"/citation/(?P<id>[0-9]{1,19})$", quotation_page),
    (r"/article/(?P<id>[^/]+)$", article_page),
    (r"/personnes$", speakers_page),
    (r"/personnes\.json$", names_json),
    (r"/personne/(?P<key>[^/]+)$", speaker_page),
    (r"/medias$", outlets_page),
    (r"/media/(?P<name>[^/]+)$", outlet_page),
    (r"/verbes$", verbs_page),
    (r"/verbe/(?P<name>[^/]+)$", verb_page),
    (r"/parole$", voice_page),
    (r"/a-verifier$", review_page),
    (r"/requetes$", queries_page),
    (r"/schema$", schema_page),
]
"""Path and view; Datasette's own pages (/NAME-OF-THE-DATABASE, /-/...) stay reachable."""

__all__ = [
    "CANNED_QUERIES",
    "ROUTES",
    "explain_failure",
    "find_database",
    "metadata",
    "prepare_templates",
]
