// On a phone the pages stand in the side bar with headings between them, as items of a list that Streamlit then
// leaves without its list. Without both roles a screen reader says what they are: links with headings.
const plain = () => {
  for (const one of document.querySelectorAll("[data-testid=stSidebarNav] :is(ul, li):not([role])")) {
    one.setAttribute("role", "none");
  }
};
new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
plain();
