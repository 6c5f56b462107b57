"""x"""

from archive.web.answering import page


async def check_page(request, datasette): ...
