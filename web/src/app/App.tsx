import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { Failure } from '../parts/states';
import { LoginAgain, LoginPage } from '../pages/LoginPage';
import { TicketPage } from '../pages/TicketPage';
import { SessionProvider, useSession } from './session';
import { SessionWatch } from './SessionWatch';
import { Shell } from './Shell';

const OverviewPage = lazy(() => import('../pages/OverviewPage'));
const IdentificationPage = lazy(() => import('../pages/IdentificationPage'));
const ExplanationPage = lazy(() => import('../pages/ExplanationPage'));
const SchoolsPage = lazy(() => import('../pages/SchoolsPage'));
const SchoolPage = lazy(() => import('../pages/SchoolPage'));
const ProtocolPage = lazy(() => import('../pages/ProtocolPage'));
const TypologyPage = lazy(() => import('../pages/TypologyPage'));
const PairsPage = lazy(() => import('../pages/PairsPage'));
const ObjectivityPage = lazy(() => import('../pages/ObjectivityPage'));
const RatingPage = lazy(() => import('../pages/RatingPage'));
const MethodologiesPage = lazy(() => import('../pages/MethodologiesPage'));
const MethodologyPage = lazy(() => import('../pages/MethodologyPage'));
const DataPage = lazy(() => import('../pages/DataPage'));
const ListsPage = lazy(() => import('../pages/ListsPage'));
const ListPage = lazy(() => import('../pages/ListPage'));
const ListedSchoolPage = lazy(() => import('../pages/ListedSchoolPage'));
const DocumentsPage = lazy(() => import('../pages/DocumentsPage'));
const UsersPage = lazy(() => import('../pages/UsersPage'));
const MethodologyEditorPage = lazy(() => import('../pages/MethodologyEditorPage'));
const PublicPage = lazy(() => import('../pages/PublicPage'));
const SettingsPage = lazy(() => import('../pages/SettingsPage'));
const JournalPage = lazy(() => import('../pages/JournalPage'));
const AccountPage = lazy(() => import('../pages/AccountPage'));
const AccessPage = lazy(() => import('../pages/AccessPage'));

const waiting = (
  <Center mih={240}>
    <Loader role="status" aria-label="Загрузка" />
  </Center>
);

export function App() {
  const { person, ended, pending, error } = useSession();
  // The page of an ended session stays as it is, out of sight, until its person is back.
  const owner = person ?? ended;
  if (pending) return waiting;
  if (error) return <Failure error={error} />;
  return (
    <Routes>
      <Route path="/ticket/:ticket" element={<TicketPage />} />
      <Route path="/public" element={<Suspense fallback={waiting}><PublicPage /></Suspense>} />
      {owner ? (
        <Route
          element={
            <SessionProvider key={owner.user} person={owner}>
              <div style={person ? undefined : { visibility: 'hidden' }}><Shell /></div>
              {person ? <SessionWatch /> : <LoginAgain login={owner.login} />}
            </SessionProvider>
          }
        >
          <Route path="/" element={<Suspense fallback={waiting}><OverviewPage /></Suspense>} />
          <Route path="/identification" element={<Suspense fallback={waiting}><IdentificationPage /></Suspense>} />
          <Route path="/identification/:methodology/:school" element={<Suspense fallback={waiting}><ExplanationPage /></Suspense>} />
          <Route path="/lists" element={<Suspense fallback={waiting}><ListsPage /></Suspense>} />
          <Route path="/lists/:list" element={<Suspense fallback={waiting}><ListPage /></Suspense>} />
          <Route path="/lists/:list/schools/:school" element={<Suspense fallback={waiting}><ListedSchoolPage /></Suspense>} />
          <Route path="/documents" element={<Suspense fallback={waiting}><DocumentsPage /></Suspense>} />
          <Route path="/schools" element={<Suspense fallback={waiting}><SchoolsPage /></Suspense>} />
          <Route path="/schools/:school" element={<Suspense fallback={waiting}><SchoolPage /></Suspense>} />
          <Route path="/schools/:school/protocol" element={<Suspense fallback={waiting}><ProtocolPage /></Suspense>} />
          <Route path="/typology" element={<Suspense fallback={waiting}><TypologyPage /></Suspense>} />
          <Route path="/pairs" element={<Suspense fallback={waiting}><PairsPage /></Suspense>} />
          <Route path="/objectivity" element={<Suspense fallback={waiting}><ObjectivityPage /></Suspense>} />
          <Route path="/rating" element={<Suspense fallback={waiting}><RatingPage /></Suspense>} />
          <Route path="/methodologies" element={<Suspense fallback={waiting}><MethodologiesPage /></Suspense>} />
          <Route path="/methodologies/:methodology" element={<Suspense fallback={waiting}><MethodologyPage /></Suspense>} />
          <Route path="/data" element={<Suspense fallback={waiting}><DataPage /></Suspense>} />
          <Route path="/users" element={<Suspense fallback={waiting}><UsersPage /></Suspense>} />
          <Route path="/methodologies/:methodology/edit" element={<Suspense fallback={waiting}><MethodologyEditorPage /></Suspense>} />
          <Route path="/settings" element={<Suspense fallback={waiting}><SettingsPage /></Suspense>} />
          <Route path="/journal" element={<Suspense fallback={waiting}><JournalPage /></Suspense>} />
          <Route path="/account" element={<Suspense fallback={waiting}><AccountPage /></Suspense>} />
          <Route path="/access" element={<Suspense fallback={waiting}><AccessPage /></Suspense>} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Route>
      ) : (
        <Route path="*" element={<LoginPage />} />
      )}
    </Routes>
  );
}
