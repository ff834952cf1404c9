"""The screen: a file for each page, what pages share beside it, and a folder for what a page is made of.

`planning` is behind What if, `reading` behind The diagram, `room` behind Meeting and Workshop; `components`
holds what is drawn and moved in the reader's own browser.
"""
