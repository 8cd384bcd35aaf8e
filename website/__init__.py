"""The public face of the platform: home, guidance, news, help lines, rules and site search.

Knows every lower room and shows only what is public there; owns the pages and the site's own words.
Publishes nothing: what is earned never hangs on a page.
Mission: "the public reads course pages and watches guidance lessons, open to everyone".
"""
