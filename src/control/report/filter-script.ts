/** What runs in the report: the filter, which stays hidden without it. A page on a disk has no other file. */
export const filterScript = `
const [filter, text, account, refused, warned, shown] = ['filter', 'text', 'account', 'refused', 'warned', 'shown']
  .map((id) => document.getElementById(id))
const items = [...document.querySelectorAll('#requests > li')]
const accounts = [...new Set(items.map((item) => item.dataset.account))].sort()
for (const each of accounts) account.add(new Option(each || 'none'))
const texts = new Map()
const textOf = (item) => {
  if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase())
  return texts.get(item)
}
function apply() {
  const words = text.value.trim().toLowerCase()
  let count = 0
  for (const item of items) {
    const fits =
      (account.selectedIndex === 0 || item.dataset.account === accounts[account.selectedIndex - 1]) &&
      (!refused.checked || item.classList.contains('refused')) &&
      (!warned.checked || item.classList.contains('warned')) &&
      (words === '' || textOf(item).includes(words))
    item.hidden = !fits
    if (fits) count++
  }
  shown.textContent = count + ' of ' + items.length + ' shown'
}
filter.hidden = false
filter.addEventListener('input', apply)
apply()
`
