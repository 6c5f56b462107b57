"""Scrapy's settings, of which each spider has a copy, and who looks for spiders, too."""

from __future__ import annotations

import copy
from typing import Any, TypeVar

from scrapy.settings import BaseSettings, Settings, SettingsAttribute

Some = TypeVar("Some", bound=BaseSettings)


class CrawlSettings(Settings):
    """Scrapy's, whose copies share what cannot be changed: to copy each of two hundred values
    deeply takes as long as ten unchanged pages."""

    def __deepcopy__(self, memo: dict[int, Any]) -> CrawlSettings:
        return _copied(self)


def _copied(settings: Some) -> Some:
    made = copy.copy(settings)
    made.attributes = {
        name: SettingsAttribute(_value(one.value), one.priority)
        for name, one in settings.attributes.items()
    }
    return made


def _value(value: Any) -> Any:
    if isinstance(value, BaseSettings):
        return _copied(value)
    return value.copy() if isinstance(value, list | dict | set) else value
