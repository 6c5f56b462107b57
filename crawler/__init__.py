"""The network: a Scrapy project."""
