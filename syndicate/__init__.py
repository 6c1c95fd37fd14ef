"""News syndication: articles in, validated feeds and news documents out."""
