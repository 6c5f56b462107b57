"""x"""

from archive.web.answering import page


async def search_page(request, datasette): ...
