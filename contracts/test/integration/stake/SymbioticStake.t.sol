// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IVetoSlasher} from "@symbioticfi/core/src/interfaces/slasher/IVetoSlasher.sol";
import {IVault} from "@symbioticfi/core/src/interfaces/vault/IVault.sol";
import {AID} from "../../../src/dollar/AID.sol";
import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {IStakeSource} from "../../../src/interfaces/IStakeSource.sol";
import {ISymbioticStake} from "../../../src/interfaces/ISymbioticStake.sol";
import {AttestationRegistry} from "../../../src/proof/AttestationRegistry.sol";
import {FaultProver} from "../../../src/proof/FaultProver.sol";
import {SymbioticStake} from "../../../src/proof/stake/SymbioticStake.sol";
import {Fixture} from "../../Fixture.sol";
import {SymbioticCore} from "./SymbioticCore.sol";

/// @dev Attestations by stake in real Symbiotic vaults: three operators, two vaults of GAIB.
contract SymbioticStakeTest is Fixture, SymbioticCore {
    uint48 internal constant DELAY = 8 days;
    uint48 internal constant VAULT_EPOCH = 8 days + 1;
    uint48 internal constant VETO_TIME = 1 days;
    uint256 internal constant DEPOSIT = 30_000e18;
    bytes32 internal constant KEY = keccak256("h200");
    bytes32 internal constant ROOT = keccak256("manifest");

    SymbioticStake internal source;
    AttestationRegistry internal attested;
    FaultProver internal faults;
    IVault internal instant;
    IVault internal vetoed;
    address internal staker = makeAddr("staker");
    address internal resolver = makeAddr("resolver");
    address[] internal three;

    function setUp() public override {
        super.setUp();
        _deployCore();
        source = new SymbioticStake(address(access), IERC20(gaib), core, _setup(DELAY));
        instant = _vault(address(gaib), address(source), VAULT_EPOCH, 0);
        vetoed = _vault(address(gaib), address(source), DELAY + VETO_TIME + 1 days + 1, VETO_TIME);
        _permit();
        for (uint256 i; i < 3; ++i) {
            three.push(operators[i]);
            _joinSymbiotic(operators[i], address(source));
            _joinVault(operators[i], instant);
        }
        vm.prank(admin);
        source.addVault(address(instant), type(uint256).max);
        _delegate(instant, source.SUBNETWORK(), type(uint256).max, three);
        _fill(instant, DEPOSIT);
        for (uint256 i; i < 3; ++i) {
            vm.prank(operators[i]);
            source.register(vm.addr(signerKeys[i]));
        }
        vm.warp(block.timestamp + 1);
        attested = new AttestationRegistry(address(access), source, categories, 1 hours, 23, 1 days);
        faults = new FaultProver(source, attested, registry, categories, 5_000, 1_000);
        vm.prank(admin);
        access.grantRole(SLASHER, address(faults), 0);
        vm.warp(block.timestamp + 1);
    }

    /* QUORUM */

    function test_symbioticStakeIsTheQuorum() public {
        (uint256 sum, uint256 total) = source.weightsAt(_signers(3), block.timestamp - 1);
        assertEq(sum, DEPOSIT);
        assertEq(total, DEPOSIT);
        IAttestationRegistry.Statement memory statement = _said(ROOT);
        (bytes32[] memory evidence, bytes[] memory signatures) = _sign(statement, 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, DEPOSIT / 3, DEPOSIT));
        attested.submit(statement, evidence, signatures);
        (evidence, signatures) = _sign(statement, 2);
        attested.submit(statement, evidence, signatures);
        assertTrue(attested.isAttested(KEY, ROOT, LIVE));
    }

    function test_captureKeepsWhatSymbioticRemembers() public {
        uint256 time = block.timestamp - 1;
        uint256 before = gasleft();
        source.weightsAt(_signers(3), time);
        uint256 live = before - gasleft();
        assertEq(source.capture(time), DEPOSIT);
        assertEq(source.capture(time), DEPOSIT);
        before = gasleft();
        (uint256 sum, uint256 total) = source.weightsAt(_signers(3), time);
        assertLt(before - gasleft(), live / 4);
        assertEq(sum, DEPOSIT);
        assertEq(total, DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.FutureLookup.selector, block.timestamp, block.timestamp));
        source.capture(block.timestamp);
    }

    function test_keysCountFromTheirSecondAndToTheirEnd() public {
        uint256 before = block.timestamp - 1;
        address signer = source.signerOf(operators[0]);
        vm.prank(operators[0]);
        source.deregister();
        assertEq(source.weightAt(signer, block.timestamp), 0);
        assertEq(source.weightAt(signer, before), DEPOSIT / 3);
        assertEq(source.totalWeightAt(block.timestamp), DEPOSIT * 2 / 3);
        assertEq(source.totalWeightAt(before), DEPOSIT);
        address taken = source.signerOf(operators[1]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.SignerTaken.selector, taken, operators[1]));
        vm.prank(operators[0]);
        source.register(taken);
    }

    function test_operatorsMustHaveOptedInAndHaveStake() public {
        address stranger = makeAddr("stranger");
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.UnknownOperator.selector, stranger));
        vm.prank(stranger);
        source.register(stranger);
        _joinSymbiotic(stranger, address(source));
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.StakeTooSmall.selector, 0, 1_000e18));
        vm.prank(stranger);
        source.register(stranger);
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.StakeLargeEnough.selector, DEPOSIT / 3, 1_000e18));
        source.evict(operators[0]);
        vm.prank(staker);
        instant.withdraw(staker, DEPOSIT);
        source.evict(operators[0]);
        assertEq(source.signerOf(operators[0]), address(0));
    }

    /* TIMING */

    function test_delayMustExceedWindowAndSlack() public {
        ISymbioticStake.Setup memory setup = _setup(7 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.WithdrawalDelayTooShort.selector, 7 days, 7 days + 1));
        new SymbioticStake(address(access), IERC20(gaib), core, setup);
    }

    function test_vaultWhoseEpochIsTooShortIsRefused() public {
        IVault short = _vault(address(gaib), address(source), DELAY, 0);
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.EpochTooShort.selector, address(short), DELAY, DELAY));
        source.addVault(address(short), 1);
        uint256 needed = DELAY + VETO_TIME + 1 days;
        short = _vault(address(gaib), address(source), uint48(needed), VETO_TIME);
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.EpochTooShort.selector, address(short), needed, needed));
        source.addVault(address(short), 1);
        source.addVault(address(vetoed), 1);
        vm.stopPrank();
    }

    function test_vaultsThatCannotServeAreRefused() public {
        IVault[4] memory bad = [
            _vault(address(aid), address(source), VAULT_EPOCH, 0),
            _vault(address(gaib), makeAddr("burner"), VAULT_EPOCH, 0),
            _vault(address(gaib), address(source), VAULT_EPOCH, type(uint48).max),
            instant
        ];
        string[4] memory why = ["collateral", "burner", "no slasher", "known"];
        vm.startPrank(admin);
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.VaultUnfit.selector, address(bad[i]), why[i]));
            source.addVault(address(bad[i]), 1);
        }
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.VaultUnfit.selector, address(this), "not Symbiotic's"));
        source.addVault(address(this), 1);
        vm.stopPrank();
    }

    /// @dev Whatever is withdrawn right after it counted, and however late in the delay: all of it can be slashed.
    function testFuzz_whatCountedIsSlashableForTheWholeDelay(uint48 late, uint256 amount) public {
        late = uint48(bound(late, 1, DELAY));
        amount = bound(amount, 1, DEPOSIT);
        uint48 at = uint48(block.timestamp);
        vm.warp(at + 1);
        vm.prank(staker);
        instant.withdraw(staker, amount);
        vm.warp(at + late);
        vm.prank(court);
        assertEq(source.slash(operators[0], 10_000, at, address(0), 0, "fault"), DEPOSIT / 3);
    }

    function test_afterTheVaultsEpochNothingIsLeftAndNothingReverts() public {
        uint48 at = uint48(block.timestamp);
        vm.warp(at + 1);
        vm.prank(staker);
        instant.withdraw(staker, DEPOSIT);
        vm.warp(at + 2 * VAULT_EPOCH);
        vm.prank(court);
        assertEq(source.slash(operators[0], 10_000, at, address(0), 0, "fault"), 0);
        assertTrue(source.jailed(operators[0]));
    }

    /* SLASHING */

    function test_equivocationIsSlashedInTheVault() public {
        IFaultProver.SignedStatement memory one = _signedBy(signerKeys[1], ROOT);
        IFaultProver.SignedStatement memory other = _signedBy(signerKeys[1], keccak256("another"));
        vm.warp(block.timestamp + 2 hours);
        vm.prank(staker);
        instant.withdraw(staker, DEPOSIT);
        address reporter = makeAddr("reporter");
        vm.prank(reporter);
        faults.proveEquivocation(one, other);
        uint256 taken = DEPOSIT / 3 / 2;
        assertEq(gaib.balanceOf(address(source)), taken);
        assertEq(source.rewards(reporter), taken / 10);
        assertEq(source.sweep(), taken - taken / 10);
        assertEq(gaib.balanceOf(treasury), 1e27 - 4 * STAKE - DEPOSIT + taken - taken / 10);
        vm.prank(reporter);
        source.claimReward(reporter);
        assertEq(gaib.balanceOf(reporter), taken / 10);
        _fill(instant, DEPOSIT);
        address signer = vm.addr(signerKeys[1]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.OperatorJailed.selector, operators[1]));
        vm.prank(operators[1]);
        source.register(signer);
        vm.prank(admin);
        source.reinstate(operators[1]);
        vm.prank(operators[1]);
        source.register(signer);
    }

    function test_slashOfAnEarlierSecondAfterALaterOne() public {
        uint48 early = uint48(block.timestamp);
        vm.warp(early + 10);
        vm.startPrank(court);
        uint256 first = source.slash(operators[0], 1_000, early + 5, address(0), 0, "late");
        assertEq(first, DEPOSIT / 30);
        assertGt(source.slash(operators[0], 1_000, early, address(0), 0, "early"), 0);
        vm.stopPrank();
    }

    function test_onlyTheSlasherAndTrueFractions() public {
        vm.expectRevert();
        source.slash(operators[0], 1, 0, address(0), 0, "");
        vm.startPrank(court);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.BadFraction.selector, 10_001));
        source.slash(operators[0], 10_001, 0, address(0), 0, "");
        vm.expectEmit(address(source));
        emit IStakeSource.Held(operators[0], 7);
        source.hold(operators[0], 7);
        vm.stopPrank();
    }

    function test_vetoVaultIsAskedFirst() public {
        _useVetoed();
        uint48 at = uint48(block.timestamp);
        vm.warp(at + 1);
        vm.prank(court);
        uint256 taken = source.slash(operators[2], 10_000, at, lender, 1_000, "fault");
        assertEq(taken, DEPOSIT / 3);
        vm.expectRevert(IVetoSlasher.VetoPeriodNotEnded.selector);
        source.executeSlash(address(vetoed), 0);
        vm.warp(block.timestamp + VETO_TIME);
        assertEq(source.executeSlash(address(vetoed), 0), 2_000e18);
        assertEq(source.rewards(lender), DEPOSIT / 30 + 200e18);
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.NoRequest.selector, address(vetoed), 0));
        source.executeSlash(address(vetoed), 0);
    }

    function test_resolverCanVeto() public {
        _useVetoed();
        uint48 at = uint48(block.timestamp);
        vm.warp(at + 1);
        vm.prank(court);
        source.slash(operators[2], 10_000, at, lender, 1_000, "fault");
        address slasher = vetoed.slasher();
        vm.prank(resolver);
        IVetoSlasher(slasher).vetoSlash(0, "");
        vm.warp(block.timestamp + VETO_TIME);
        vm.expectRevert(IVetoSlasher.SlashRequestCompleted.selector);
        source.executeSlash(address(vetoed), 0);
    }

    function test_removedVaultCountsNoMoreAndIsForgottenLater() public {
        uint48 at = uint48(block.timestamp);
        vm.warp(at + 1);
        vm.startPrank(admin);
        source.removeVault(address(instant));
        vm.expectRevert(abi.encodeWithSelector(ISymbioticStake.VaultUnfit.selector, address(instant), "unknown"));
        source.removeVault(address(instant));
        source.setLimit(address(instant), 5);
        vm.stopPrank();
        assertEq(source.totalWeightAt(block.timestamp), 0);
        assertEq(source.totalWeightAt(at), DEPOSIT);
        vm.expectRevert(
            abi.encodeWithSelector(ISymbioticStake.VaultUnfit.selector, address(instant), "still slashable")
        );
        source.forgetVault(0);
        vm.prank(court);
        assertEq(source.slash(operators[0], 10_000, at, address(0), 0, "fault"), DEPOSIT / 3);
        vm.warp(block.timestamp + DELAY + 1);
        source.forgetVault(0);
        assertEq(source.backings().length, 0);
    }

    function test_seatsAreBoundedAndComeFreeAgain() public {
        uint256 limit = source.MAX_OPERATORS();
        address[] memory more = new address[](limit);
        for (uint256 i; i < limit; ++i) {
            more[i] = makeAddr(string.concat("more ", vm.toString(i)));
            _joinSymbiotic(more[i], address(source));
            _joinVault(more[i], instant);
        }
        _fill(instant, 1_000_000e18);
        _delegate(instant, source.SUBNETWORK(), type(uint256).max - 1, more);
        for (uint256 i; i < limit - 3; ++i) {
            vm.prank(more[i]);
            source.register(more[i]);
        }
        address last = more[limit - 1];
        vm.expectRevert(abi.encodeWithSignature("TooManyOperators(uint256)", limit));
        vm.prank(last);
        source.register(last);
        vm.prank(operators[0]);
        source.deregister();
        vm.warp(block.timestamp + DELAY + 1);
        vm.prank(last);
        source.register(last);
        assertEq(source.operators().length, limit);
    }

    /* INTERNAL */

    function _setup(uint48 delay) private view returns (ISymbioticStake.Setup memory) {
        return ISymbioticStake.Setup(1_000e18, delay, 1 days, 6 days, treasury);
    }

    function _permit() private {
        vm.startPrank(admin);
        _let(address(source), SymbioticStake.slash.selector, SLASHER);
        _let(address(source), SymbioticStake.hold.selector, SLASHER);
        _let(address(source), SymbioticStake.addVault.selector, GOVERNOR);
        _let(address(source), SymbioticStake.removeVault.selector, GOVERNOR);
        _let(address(source), SymbioticStake.setLimit.selector, GOVERNOR);
        _let(address(source), SymbioticStake.setResolver.selector, GOVERNOR);
        _let(address(source), SymbioticStake.reinstate.selector, GOVERNOR);
        vm.stopPrank();
    }

    function _fill(IVault vault, uint256 amount) private {
        vm.prank(treasury);
        gaib.transfer(staker, amount);
        vm.startPrank(staker);
        gaib.approve(address(vault), amount);
        vault.deposit(staker, amount);
        vm.stopPrank();
    }

    /// @dev A second vault, of 6,000 GAIB, whose slashing the resolver can veto.
    function _useVetoed() private {
        vm.startPrank(admin);
        source.addVault(address(vetoed), type(uint256).max);
        source.setResolver(address(vetoed), resolver);
        vm.stopPrank();
        for (uint256 i; i < 3; ++i) {
            _joinVault(operators[i], vetoed);
        }
        _delegate(vetoed, source.SUBNETWORK(), type(uint256).max, three);
        _fill(vetoed, 6_000e18);
        vm.warp(block.timestamp + 1);
        assertEq(source.totalWeightAt(block.timestamp), DEPOSIT + 6_000e18);
    }

    function _signers(uint256 count) private view returns (address[] memory signers) {
        signers = new address[](count);
        for (uint256 i; i < count; ++i) {
            signers[i] = vm.addr(signerKeys[i]);
        }
    }

    function _said(bytes32 root) private view returns (IAttestationRegistry.Statement memory) {
        return IAttestationRegistry.Statement(
            KEY, root, HOST, owner, LIVE, attested.currentEpoch(), uint64(block.timestamp + 30 days)
        );
    }

    function _sign(IAttestationRegistry.Statement memory statement, uint256 count)
        private
        view
        returns (bytes32[] memory evidence, bytes[] memory signatures)
    {
        (evidence, signatures) = (new bytes32[](count), new bytes[](count));
        for (uint256 i; i < count; ++i) {
            signatures[i] = _sign(signerKeys[i], attested.attestationDigest(statement, evidence[i]));
        }
    }

    function _signedBy(uint256 key, bytes32 root) private view returns (IFaultProver.SignedStatement memory) {
        IAttestationRegistry.Statement memory statement = _said(root);
        bytes memory signature = _sign(key, attested.attestationDigest(statement, bytes32(0)));
        return IFaultProver.SignedStatement(statement, bytes32(0), signature);
    }
}
