"""The sites whose reports we collect: a module each, with how its reports are found."""
