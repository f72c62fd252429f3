// By default, the page has the color scheme of the system.
const remember = {
  get: () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  },
  set: (theme) => {
    try {
      localStorage.setItem('theme', theme);
    } catch {}
  },
};
const chosen = new URLSearchParams(location.search).get('theme') ?? remember.get();
if (chosen) document.documentElement.dataset.theme = chosen;
addEventListener('DOMContentLoaded', () => {
  document.getElementById('theme').addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const isDark = dataset.theme
      ? dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    dataset.theme = isDark ? 'light' : 'dark';
    remember.set(dataset.theme);
  });
});
