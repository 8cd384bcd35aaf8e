"""Full-text search that finds Chinese: a part of a word is found inside the word.

Knows how text becomes search terms and how two databases keep and match them; owns no model.
``backend`` is the entry for ``WAGTAILSEARCH_BACKENDS``.
Mission: "search that finds 心理 inside 青少年心理健康教育", in both databases alike.
"""
