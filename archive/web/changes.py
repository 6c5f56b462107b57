"""x"""

from archive.web.answering import page


async def changes_page(request, datasette): ...
