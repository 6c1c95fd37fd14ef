"""OpenSearch 1.1 description documents: facts. They are checked, neither read nor written."""

TITLE = "OpenSearch 1.1"
MEDIA_TYPE = "application/opensearchdescription+xml"

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
