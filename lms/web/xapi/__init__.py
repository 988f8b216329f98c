"""For machines: the resources of xAPI 1.0.3 and 2.0, with a credential. One credential belongs to one organisation."""

from lms.web.xapi import about, activities, agents, browsers, documents, openapi, statements, tokens
from lms.web.xapi.resources import pages

__all__ = ["about", "activities", "agents", "browsers", "documents", "openapi", "pages", "statements", "tokens"]
