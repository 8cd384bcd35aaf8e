"""A shared cache that may be away: then everything is a miss, and pages work without it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that answers "not there" while its server is away.

    After a failure the server is left alone for five seconds, so that pages do not wait for it.
    """

    _away_until = 0.0

    def _or(self, fallback: Any, work: Callable[[], Any]) -> Any:
        if time.monotonic() < ForgivingRedisCache._away_until:
            return fallback
        try:
            return work()
        except (RedisError, OSError) as error:
            ForgivingRedisCache._away_until = time.monotonic() + REST_SECONDS
            logger.warning("the cache is away: %s", type(error).__name__)
            return fallback

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(False, lambda: super(ForgivingRedisCache, self).add(*args, **kwargs))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._or(
            default, lambda: super(ForgivingRedisCache, self).get(key, default, version)
        )

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(None, lambda: super(ForgivingRedisCache, self).set(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(False, lambda: super(ForgivingRedisCache, self).touch(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(False, lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs))

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._or({}, lambda: super(ForgivingRedisCache, self).get_many(*args, **kwargs))

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(False, lambda: super(ForgivingRedisCache, self).has_key(*args, **kwargs))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        value = self._or(None, lambda: super(ForgivingRedisCache, self).incr(key, delta, version))
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._or([], lambda: super(ForgivingRedisCache, self).set_many(*args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._or(None, lambda: super(ForgivingRedisCache, self).delete_many(*args, **kwargs))

    def clear(self) -> Any:
        return self._or(None, super().clear)
